using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace McpSecureGen.ConformanceServer;

/// <summary>Tools that ask the person at the client.</summary>
[McpServerToolType, RequiresCapability("use:tools")]
internal sealed class ElicitationTools
{
    [McpServerTool(Name = "test_elicitation"), Description("Asks for a name and an address.")]
    public static Task<string> AskAsync(McpServer server, [Description("What to ask.")] string message, CancellationToken cancellationToken) => AskAsync(
        server,
        message,
        new RequestSchema
        {
            Properties =
            {
                ["username"] = new StringSchema { Description = "User's response" },
                ["email"] = new StringSchema { Description = "User's email address" },
            },
            Required = ["username", "email"],
        },
        cancellationToken);

    /// <summary>SEP-1034: a default for each primitive type.</summary>
    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with defaults.")]
    public static Task<string> AskWithDefaultsAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(
        server,
        "Please review the defaults.",
        new RequestSchema
        {
            Properties =
            {
                ["name"] = new StringSchema { Default = "John Doe" },
                ["age"] = new NumberSchema { Type = "integer", Default = 30 },
                ["score"] = new NumberSchema { Default = 95.5 },
                ["status"] = new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
                ["verified"] = new BooleanSchema { Default = true },
            },
        },
        cancellationToken);

    /// <summary>SEP-1330: the five ways to write an enumeration.</summary>
    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with enumerations.")]
    public static Task<string> AskWithEnumsAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(
        server,
        "Please choose.",
        new RequestSchema
        {
            Properties =
            {
                ["untitledSingle"] = new UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] },
                ["titledSingle"] = new TitledSingleSelectEnumSchema { OneOf = Titled("Option") },
                ["legacyEnum"] = new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] },
                ["untitledMulti"] = new UntitledMultiSelectEnumSchema { Items = new UntitledEnumItemsSchema { Enum = ["option1", "option2", "option3"] } },
                ["titledMulti"] = new TitledMultiSelectEnumSchema { Items = new TitledEnumItemsSchema { AnyOf = Titled("Choice") } },
            },
        },
        cancellationToken);

    private static EnumSchemaOption[] Titled(string word) =>
    [
        new() { Const = "value1", Title = $"First {word}" },
        new() { Const = "value2", Title = $"Second {word}" },
        new() { Const = "value3", Title = $"Third {word}" },
    ];

    private static async Task<string> AskAsync(McpServer server, string message, RequestSchema schema, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = schema }, cancellationToken);
        return $"Elicitation completed: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
    }
}
