using System.ComponentModel.DataAnnotations;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Tools whose callers matter, and tools that take what an attacker wrote.</summary>
[McpNamespace("cves")]
internal sealed class CallerCveTools(Effects effects)
{
    [McpServerTool(Name = "a_read"), RequiresCapability("read:files")]
    public string Read()
    {
        effects.Note("read");
        return "read";
    }

    [McpServerTool(Name = "a_write"), RequiresCapability("write:files")]
    public string Write()
    {
        effects.Note("write");
        return "written";
    }

    [McpServerTool(Name = "a_argument"), RequiresCapability("read:files")]
    public string Argument(string path, int size = 1)
    {
        effects.Note(path + size);
        return path;
    }

    [McpServerTool(Name = "a_pattern"), RequiresCapability("read:files")]
    public string Pattern([RegularExpression("^(a+)+$")] string text)
    {
        effects.Note("pattern");
        return text;
    }

    [McpServerTool(Name = "a_column"), RequiresCapability("read:files")]
    public string Column([AllowedValues("name", "size")] string column)
    {
        effects.Note("column");
        return column;
    }

    [McpServerTool(Name = "a_echo"), RequiresCapability("read:files")]
    public static async Task<string> Echo(string echo)
    {
        await Task.Yield();
        return echo;
    }

    [McpServerTool(Name = "a_login"), RequiresCapability("read:files")]
    public static string Login([Sensitive] string password) => throw new McpException("cannot log in with " + password);

    [McpServerResource(UriTemplate = "cve://{first}/{second}"), RequiresCapability("read:files")]
    public static string Item(string first, string second) => first + second;
}
