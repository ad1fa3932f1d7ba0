using System.ComponentModel;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Resources with fixed addresses and with templates.</summary>
[RequiresCapability("read:files")]
internal sealed class ResourceSignatures(Clerk clerk)
{
    [McpServerResource(UriTemplate = "fixed://one", Name = "one", Title = "One", MimeType = "text/plain"), Description("Fixed."), Sample("fixed://one")]
    public static string Fixed() => Effect.Of([]);

    [McpServerResource, Sample("resource://mcp/derived_address")]
    public static string DerivedAddress() => Effect.Of([]);

    [McpServerResource(UriTemplate = "one://{value}"), Sample("one://a"), Sample("one://a%20b"), Sample("one://%C3%BC"), Sample("one://a+b")]
    public static string OneVariable(string value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "rest://{+value}"), Sample("rest://a/b/c"), Sample("rest://a%2Fb"), Sample("rest://a%252Fb")]
    public static string RestVariable(string value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "query://q{?name,size}"), Sample("query://q?name=a&size=5"), Sample("query://q?name=a%26b&size=1"), Sample("query://q?size=3")]
    [Refused("query://q?name=a&size=five", "size", "Type"), Refused("query://q?name=a&size=5.5", "size", "Type")]
    public static string QueryVariables(string? name = null, int size = 1) => Effect.Of([name, size]);

    [McpServerResource(UriTemplate = "two://{a}/{b}"), Sample("two://x/y")]
    public static string TwoVariables(string a, string b) => Effect.Of([a, b]);

    [McpServerResource(UriTemplate = "colour://{colour}"), Sample("colour://Green"), Refused("colour://green", "colour", "Enum"), Refused("colour://7", "colour", "Enum")]
    public static string EnumVariable(Colour colour) => Effect.Of([colour]);

    [McpServerResource(UriTemplate = "number://{value}"), Sample("number://7"), Refused("number://seven", "value", "Type")]
    public string InstanceVariable(int value) => Effect.Of([clerk.Name, value]);

    [McpServerResource(UriTemplate = "id://{value}"), Sample("id://5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f"), Refused("id://5", "value", "Type")]
    public static string IdentifierVariable(Guid value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "contents://one"), Sample("contents://one")]
    public static ResourceContents OneContent() => new TextResourceContents { Uri = "contents://one", Text = "t" };

    [McpServerResource(UriTemplate = "blob://one", MimeType = "image/png"), Sample("blob://one")]
    public static DataContent Blob() => new(new byte[] { 1, 2 }, "image/png");

    [McpServerResource(UriTemplate = "texts://all"), Sample("texts://all")]
    public static IEnumerable<string> Texts() => ["a", "b"];

    [McpServerResource(UriTemplate = "result://one"), Sample("result://one")]
    public static async Task<ReadResourceResult> Result()
    {
        await Task.Yield();
        return new() { Contents = [new TextResourceContents { Uri = "result://one", Text = "t" }] };
    }
}
