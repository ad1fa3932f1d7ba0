using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>
/// The question to the person at the client. The SDK hands it to clients that know multi round-trip requests, and asks older ones itself and calls again;
/// either way the answer comes with a second call.
/// </summary>
internal sealed class ConfirmationRequest : InputRequiredException
{
    private const string Key = "mcpsecuregen_confirmation";
    private const string Answer = "confirm";

    internal ConfirmationRequest(string tool, string message, string state)
        : base(new Dictionary<string, InputRequest> { [Key] = InputRequest.ForElicitation(Question(tool, message)) }, state)
    {
    }

    /// <summary>What the person said. Only a plain yes is one: the right action and the box ticked.</summary>
    internal static ConfirmationStatus Read(IDictionary<string, InputResponse>? responses)
    {
        if (responses is null || !responses.TryGetValue(Key, out var response))
        {
            return ConfirmationStatus.Rejected;
        }

        return response.RawValue.ValueKind == JsonValueKind.Object &&
            response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { Action: "accept", Content: { } content } &&
            content.TryGetValue(Answer, out var answer) && answer.ValueKind == JsonValueKind.True
            ? ConfirmationStatus.Given
            : ConfirmationStatus.Declined;
    }

    private static ElicitRequestParams Question(string tool, string message) => new()
    {
        Message = $"{tool}: {message}",
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
            {
                // No by default: a client that fills in defaults must not say yes for its user.
                [Answer] = new ElicitRequestParams.BooleanSchema { Title = "Confirm", Default = false },
            },
            Required = [Answer],
        },
    };
}
