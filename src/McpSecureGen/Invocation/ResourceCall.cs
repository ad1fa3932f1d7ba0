using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>One read of a resource.</summary>
public sealed class ResourceCall : PrimitiveCall
{
    private readonly SecuredResource _resource;
    private readonly string _uri;
    private readonly UriTemplateMatch? _match;
    private Dictionary<string, string>? _canonical;

    internal ResourceCall(SecuredResource resource, RequestContext<ReadResourceRequestParams> request)
        : base(resource.Gate, request, resource.Binding.Activation)
    {
        _resource = resource;
        Context = request;
        _uri = request.Params?.Uri ?? "";
        _match = resource.Template?.Match(_uri);
    }

    /// <summary>The request.</summary>
    public RequestContext<ReadResourceRequestParams> Context { get; }

    /// <summary>The variables of the URI, percent-decoded once.</summary>
    public ArgumentReader Arguments => new(this, _match?.Values ?? UriTemplateMatch.NoValues);

    internal override RequestParams? Params => Context.Params;

    internal override string Noun => "resource";

    internal override string BoundName => _uri;

    internal override JsonNode? RawArguments => null;

    internal override RefusalException Unknown() => RefusalException.UnknownResource(Server, _uri);

    /// <summary>Whether a resource exists is a secret to those who may not read it: the answer is the one for an unknown URI.</summary>
    internal override RefusalException Forbidden(RefusalException named) => Unknown();

    private protected override ProgressToken? ProgressToken => Context.Params?.ProgressToken;

    /// <summary>For the SDK's binding: a variable in the form in which it was found good.</summary>
    public void Put<T>(Argument<T> argument, T value)
    {
        ArgumentNullException.ThrowIfNull(argument);
        if (_match?.Values.ContainsKey(argument.Name) == true)
        {
            (_canonical ??= new Dictionary<string, string>(StringComparer.Ordinal))[argument.Name] =
                Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }
        else if (!argument.IsPlainDefault(value))
        {
            // The URI has no place for the canonical form of a default, and the SDK would fill in the form that was not checked.
            throw new InvalidOperationException($"Variable '{argument.Name}' has a default with a canonical form and was left out.");
        }
    }

    /// <summary>Lets the SDK bind and call, from a URI that holds the variables given to <see cref="Put"/>. The result speaks of the URI the client knows.</summary>
    public async ValueTask<object?> InvokeSdkAsync(CancellationToken cancellationToken)
    {
        var checkedUri = _match is null ? _uri : _match.With(_canonical ?? []);
        Context.Params!.Uri = checkedUri;
        try
        {
            var result = await _resource.Inner.ReadAsync(Context, cancellationToken).ConfigureAwait(false);
            return checkedUri == _uri || result.Contents.All(content => content.Uri != checkedUri) ? result : Renamed(result, checkedUri);
        }
        finally
        {
            Context.Params.Uri = _uri;
        }
    }

    internal Ending<ReadResourceResult> Finish(object? value)
    {
        if (Refusal is { } refusal)
        {
            throw RefusalException.InvalidArgument(refusal);
        }

        var result = From(value);
        return OutputCheck.Conclude(this, result, "succeeded", static _ => null, OutputSize.Of, Outgoing.Of);
    }

    /// <summary>A copy, because the author may keep the original and give it to others.</summary>
    private ReadResourceResult Renamed(ReadResourceResult result, string from) => new()
    {
        Contents = [.. result.Contents.Select(content => content.Uri == from ? Renamed(content) : content)],
        Meta = result.Meta,
        ResultType = result.ResultType,
        TimeToLive = result.TimeToLive,
        CacheScope = result.CacheScope,
    };

    private ResourceContents Renamed(ResourceContents content) => content switch
    {
        TextResourceContents text => new TextResourceContents { Uri = _uri, MimeType = text.MimeType, Meta = text.Meta, Text = text.Text },
        BlobResourceContents blob => new BlobResourceContents { Uri = _uri, MimeType = blob.MimeType, Meta = blob.Meta, Blob = blob.Blob },
        _ => throw new NotSupportedException("Resource contents of an unknown kind."),
    };

    private ReadResourceResult From(object? value) => value switch
    {
        ReadResourceResult ready => ready,
        ResourceContents content => new() { Contents = [content] },
        AIContent content => new() { Contents = [FromContent(content)] },
        string text => new() { Contents = [Text(text)] },
        IEnumerable<ResourceContents> contents => new() { Contents = [.. contents] },
        IEnumerable<AIContent> contents => new() { Contents = [.. contents.Select(FromContent)] },
        IEnumerable<string> texts => new() { Contents = [.. texts.Select(Text)] },
        null => throw new InvalidOperationException("Null result returned from resource function."),
        _ => throw new InvalidOperationException($"Unsupported result type '{value.GetType()}' returned from resource function."),
    };

    private ResourceContents FromContent(AIContent content) => content switch
    {
        TextContent text => Text(text.Text),
        DataContent data => new BlobResourceContents
        {
            Uri = _uri,
            MimeType = data.MediaType,
            Blob = System.Text.Encoding.UTF8.GetBytes(data.Base64Data.ToString()),
        },
        _ => throw new InvalidOperationException($"Unsupported AIContent type '{content.GetType()}' returned from resource function."),
    };

    private TextResourceContents Text(string text) =>
        new() { Uri = _uri, MimeType = _resource.ProtocolResourceTemplate.MimeType, Text = text };
}
