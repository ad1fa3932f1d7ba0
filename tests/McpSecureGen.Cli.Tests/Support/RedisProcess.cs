using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace McpSecureGen.Cli.Tests.Support;

/// <summary>A real <c>redis-server</c> with a password, on a port of its own.</summary>
internal sealed class RedisProcess : IDisposable
{
    public const string Password = "correct-horse-battery";

    private readonly Process _process;

    private RedisProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string Configuration => $"127.0.0.1:{Port},password={Password},connectTimeout=1000,connectRetry=0";

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public static async Task<RedisProcess> Start(string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("redis-server") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", Password])
        {
            start.ArgumentList.Add(argument);
        }

        var redis = new RedisProcess(Process.Start(start)!, port);
        redis._process.BeginOutputReadLine();
        redis._process.BeginErrorReadLine();
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !await redis.Answers();)
        {
            Assert.True(DateTime.UtcNow < deadline, "redis-server did not start in time.");
            await Task.Delay(50);
        }

        return redis;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
