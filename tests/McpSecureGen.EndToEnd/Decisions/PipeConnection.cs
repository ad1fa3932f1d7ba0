using System.Text.Json;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>Lines of JSON-RPC over a pair of streams: a process's stdio, or pipes in memory.</summary>
internal sealed class PipeConnection(Stream toServer, Stream fromServer, string version, Func<ValueTask> stop) : IDecisionConnection
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly StreamWriter _requests = new(toServer) { AutoFlush = true, NewLine = "\n" };
    private readonly StreamReader _answers = new(fromServer);
    private int _id;

    public bool IsHttp => false;

    public bool ServesVersion => true;

    /// <summary>The handshake that the version has: none for the newest, and none where no version is said.</summary>
    public async Task OpenAsync()
    {
        if (version is not (DecisionMessage.NewestVersion or DecisionMessage.NoVersion))
        {
            await _requests.WriteLineAsync(DecisionMessage.Initialize(version));
            await AnswerAsync("\"init\"");
            await _requests.WriteLineAsync(DecisionMessage.Initialized);
        }
    }

    public async Task<DecisionAnswer> SendAsync(DecisionRoute route, string? token)
    {
        var id = ++_id;
        await _requests.WriteLineAsync(DecisionMessage.Call(route, id, version, token));
        return new(0, await AnswerAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await stop();
        _answers.Dispose();
    }

    private async Task<JsonElement> AnswerAsync(string id)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await _answers.ReadLineAsync(limit.Token) is { } line)
        {
            var answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out var answered) && (answered.GetRawText() == id || answered.ValueKind == JsonValueKind.Null))
            {
                return answer;
            }
        }

        throw new EndOfStreamException();
    }
}
