using McpSecureGen.Hosting;
using Microsoft.Extensions.Configuration;

namespace McpSecureGen.Cli;

/// <summary>The configuration as a server sees it: a settings file, over it the environment (<c>McpSecurity__...</c>).</summary>
internal static class ServerConfiguration
{
    /// <param name="path">The settings file; null: the environment alone.</param>
    /// <exception cref="CliException">The file is absent or not JSON.</exception>
    public static IConfiguration Read(string? path)
    {
        var sources = new ConfigurationBuilder();
        if (path is not null)
        {
            if (!File.Exists(path))
            {
                throw CliException.File($"{path} is not there. Name the server's settings file with --config.");
            }

            sources.AddJsonFile(Path.GetFullPath(path), optional: false, reloadOnChange: false);
        }

        try
        {
            return sources.AddEnvironmentVariables().Build();
        }
        catch (InvalidDataException error)
        {
            // The inner message names the line or the key that stands twice, and no value.
            throw CliException.File($"{path} cannot be read as settings: {error.InnerException?.Message ?? "it is not JSON."}");
        }
    }

    /// <summary>Section <c>McpSecurity</c>.</summary>
    /// <exception cref="CliException">A value has the wrong type.</exception>
    public static McpSecurityOptions Options(IConfiguration configuration)
    {
        var options = new McpSecurityOptions();
        try
        {
            McpSecuritySettings.Bind(configuration, options);
        }
        catch (InvalidOperationException error) when (error is not McpSecurityConfigurationException)
        {
            throw CliException.File($"The settings do not fit: {error.Message}");
        }

        return options;
    }
}
