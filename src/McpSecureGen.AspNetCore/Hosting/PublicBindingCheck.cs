using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace McpSecureGen.Hosting;

/// <summary>
/// Stops a server that listens on other addresses than loopback without having been told to. What it listens on is known when it has begun to; until
/// this has looked, no MCP request is answered.
/// </summary>
internal sealed class PublicBindingCheck(IServer server, HttpSecuritySettings settings) : IHostedLifecycleService
{
    private volatile bool _isChecked;

    /// <summary>Whether requests of a connection are answered. Asked of each, so that an address that is added later is seen as well.</summary>
    internal bool Admits(ConnectionInfo connection) =>
        _isChecked && (settings.AllowPublicBinding || connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address));

    /// <exception cref="McpSecurityConfigurationException">The server listens to the network, and the settings do not say that it may.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (!settings.AllowPublicBinding && addresses.FirstOrDefault(static address => !IsLoopback(address)) is { } open)
        {
            throw new McpSecurityConfigurationException(
                $"The server listens on '{open}', which others than this machine can reach. Bind it to http://localhost or another loopback address, " +
                $"or set {HttpSecurityOptions.SectionName}:AllowPublicBinding to true.");
        }

        _isChecked = true;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Kestrel takes any other name for every address of the machine.</summary>
    internal static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe || binding.IsNamedPipe || binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
            (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
