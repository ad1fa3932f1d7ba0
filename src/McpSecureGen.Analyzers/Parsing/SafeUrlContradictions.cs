using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Settings of <c>SafeUrl</c> that no URL can meet.</summary>
internal static class SafeUrlContradictions
{
    public static string? Of(AttributeData attribute)
    {
        foreach (var list in attribute.NamedArguments)
        {
            if (list.Value.Kind != TypedConstantKind.Array)
            {
                continue;
            }

            if (list.Value.IsNull ? list.Key == "Schemes" : list.Value.Values.IsEmpty)
            {
                return $"{list.Key} is empty, so it refuses every call";
            }

            if (!list.Value.IsNull && Bad(list.Key, list.Value.Values) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static string? Bad(string list, ImmutableArray<TypedConstant> values)
    {
        foreach (var value in values)
        {
            switch (list, value.Value)
            {
                case ("Ports", int port) when port is < 1 or > 65_535:
                    return $"{port} is no port: ports are 1 to 65535";
                case ("Schemes", var scheme) when scheme is not string text || !IsScheme(text):
                    return $"'{scheme}' is no scheme: write 'https', without '://'";
                case ("Hosts", var host) when host is not string text || string.IsNullOrWhiteSpace(text) || text.IndexOfAny(['/', '*', '@', ' ']) >= 0:
                    return $"'{host}' is no host: write 'api.example.com', or '.example.com' for everything beneath it";
            }
        }

        return null;
    }

    private static bool IsScheme(string text) =>
        text.Length > 0 && text[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') &&
        text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '-' or '.');
}
