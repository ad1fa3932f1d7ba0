using System.Text.Json;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>The one decision that a cell must have: what the caller sees, what the record says, what happened.</summary>
/// <param name="Reason">The record's reason; null: allowed.</param>
/// <param name="Status">The status over HTTP.</param>
/// <param name="Code">The JSON-RPC error; null where there is a result, or where the status says it all.</param>
internal sealed record DecisionExpectation(string? Reason, int Status, int? Code)
{
    private const int Unauthenticated = -32050;
    private const int Insufficient = -32051;
    private const int InvalidParams = -32602;

    /// <summary>The rule behind the table. It knows neither the transport's name nor the protocol version.</summary>
    public static DecisionExpectation Of(IDecisionConnection connection, DecisionRoute route, CredentialWorth worth)
    {
        var http = connection.IsHttp;
        var isMalformed = route is DecisionRoute.Batch or DecisionRoute.MemberCase or DecisionRoute.TwoMethods;

        // A pipe has nothing but the message: what cannot be read has no credential. An HTTP request has it outside.
        if (worth == CredentialWorth.Nothing && (http || !isMalformed))
        {
            return new("unauthenticated", 401, Unauthenticated);
        }

        if (isMalformed)
        {
            return new("invalid_envelope", 400, null);
        }

        if (route == DecisionRoute.WrongHeader && http)
        {
            return new("header_mismatch", 400, null);
        }

        if (route == DecisionRoute.HiddenTool || (worth == CredentialWorth.TooLittle && route != DecisionRoute.OtherCase))
        {
            return new("insufficient_capability", 403, Insufficient);
        }

        if (!connection.ServesVersion)
        {
            return new("refused_by_transport", 400, null);
        }

        return route == DecisionRoute.OtherCase ? new("unknown_primitive", 200, InvalidParams) : new(null, 200, null);
    }

    /// <summary>What is not as expected; null when all is.</summary>
    public string? Problem(DecisionAnswer answer, JsonElement[] records, string[] effects)
    {
        if (records.Length != 1)
        {
            return $"{records.Length} records; answer {answer}";
        }

        var decision = records[0].GetProperty("decision").GetString();
        var reason = records[0].TryGetProperty("reason", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : null;
        if (decision != (Reason is null ? "allowed" : "refused") || reason != Reason)
        {
            return $"the record says {decision} {reason}; answer {answer}";
        }

        if (answer.IsResult != Reason is null || (answer.Status != 0 && Status != 200 && answer.Status != Status) || (Code is { } code && answer.Code != code))
        {
            return $"answer {answer}";
        }

        return effects.Length == 0 == Reason is not null ? null : $"effects: {string.Join(", ", effects)}; answer {answer}";
    }
}
