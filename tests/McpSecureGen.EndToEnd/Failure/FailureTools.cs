using System.ComponentModel.DataAnnotations;
using McpSecureGen.EndToEnd.Routes;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>A check that breaks instead of answering.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BrokenCheckAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is string text && text.StartsWith("good", StringComparison.Ordinal) ? true : throw new InvalidOperationException("/srv/secret/rules.db is missing");
}

/// <summary>A service whose factory a test may break.</summary>
public sealed class FragileService
{
    public string Name { get; } = "fragile";
}

public sealed class FailureTools
{
    [McpServerTool(Name = "fail_plain"), RequiresCapability("read:files")]
    public static string Plain(string text) => RouteEffects.Ran(text);

    [McpServerTool(Name = "fail_path"), RequiresCapability("read:files")]
    public static string ReadFile([SafePath(Root = "ws")] string path, string text)
    {
        RouteEffects.Ran(text);
        return File.Exists(path) ? File.ReadAllText(path) : "no file";
    }

    [McpServerTool(Name = "fail_check"), RequiresCapability("read:files")]
    public static string Checked([BrokenCheck] string text) => RouteEffects.Ran(text);

    [McpServerTool(Name = "fail_service"), RequiresCapability("read:files")]
    public static string WithService(FragileService service, string text) => $"{service.Name}:{RouteEffects.Ran(text)}";

    [McpServerTool(Name = "fail_throw"), RequiresCapability("read:files")]
    public static string Throw(string text)
    {
        RouteEffects.Ran(text);
        throw new IOException($"cannot open /srv/private/{text}.txt");
    }

    [McpServerTool(Name = "fail_wait"), RequiresCapability("read:files")]
    public static async Task<string> WaitAsync(string text, CancellationToken cancellationToken)
    {
        RouteEffects.Ran(text);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return RouteEffects.Ran(text + "-end");
    }
}

/// <summary>Its constructor has an effect, so a refusal that ran it would show.</summary>
public sealed class ConstructedTools
{
    public static int Constructed;

    public ConstructedTools() => Interlocked.Increment(ref Constructed);

    [McpServerTool(Name = "fail_constructed"), RequiresCapability("read:files")]
    public string Run([StringLength(40)] string text) => RouteEffects.Ran(text);
}

/// <summary>Its constructor needs a service.</summary>
public sealed class FragileTools(FragileService service)
{
    [McpServerTool(Name = "fail_fragile"), RequiresCapability("read:files")]
    public string Run(string text) => $"{service.Name}:{RouteEffects.Ran(text)}";
}
