using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Output;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Keeps the token in a file fresh. Each <see cref="Step"/> looks once and does what is due.</summary>
internal sealed class TokenWatch(KeyStore store, TokenRequest request, string path, TimeProvider time, Action<string> say)
{
    /// <summary>How often the keys are looked at: after a rotation, a token of the old key may stop counting at once.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);

    private TimeSpan _retry = TimeSpan.FromSeconds(1);
    private bool _failing;

    /// <summary>The token in the file; null before the first.</summary>
    public IssuedToken? Current { get; private set; }

    /// <summary>How many tokens were written.</summary>
    public int Issued { get; private set; }

    /// <summary>When the next token is due: after two fifths of the lifetime, so that a few failed attempts still end before half of it is over.</summary>
    public DateTimeOffset NextAt => Current is null ? DateTimeOffset.MinValue : Current.IssuedAt + (request.Lifetime * 0.4);

    /// <summary>Issues a token if one is due or the signing key has changed.</summary>
    /// <returns>How long to wait before the next step.</returns>
    public TimeSpan Step()
    {
        try
        {
            using var keys = store.Load();
            var now = time.GetUtcNow();
            var rotated = Current is not null && Current.KeyId != keys.Signing.Id;
            if (now >= NextAt || rotated)
            {
                Issue(keys, now, rotated);
            }

            _failing = false;
            _retry = TimeSpan.FromSeconds(1);
            return Clamp(NextAt - time.GetUtcNow(), LookAgain);
        }
        catch (Exception error) when (Current is not null && error is IOException or UnauthorizedAccessException or CliException)
        {
            return Failed(error);
        }
    }

    /// <summary>Removes the token file if it still holds the last token.</summary>
    public bool Remove() => Current is { } token && TokenFile.TryRemove(path, token);

    private void Issue(KeyRing keys, DateTimeOffset now, bool rotated)
    {
        var token = TokenMinter.Mint(request, keys.Signing, now);
        TokenFile.Write(path, token);
        Current = token;
        Issued++;
        var why = rotated ? " The signing key has changed." : "";
        say($"{Times.Utc(now)} token {token.Id} written, valid until {Times.Utc(token.ExpiresAt)}; next at {Times.Utc(NextAt)}.{why}");
    }

    private TimeSpan Failed(Exception error)
    {
        var now = time.GetUtcNow();
        var wait = Clamp(_retry, LongestRetry);
        _retry = Clamp(_retry * 2, LongestRetry);

        // Said once per failure and then again only when it grows urgent: a line each second would bury the rest of a log.
        if (!_failing || now >= Current!.ExpiresAt - (request.Lifetime / 4))
        {
            say($"{Times.Utc(now)} the token was not renewed: {error.Message} The one in the file {Ends(now)}. Trying again in {Times.InWords(wait)}.");
        }

        _failing = true;
        return wait;
    }

    private string Ends(DateTimeOffset now) =>
        Current!.ExpiresAt > now ? $"ends {Times.Relative(Current.ExpiresAt, now)}" : $"ended {Times.Relative(Current.ExpiresAt, now)}";

    private static TimeSpan Clamp(TimeSpan span, TimeSpan most) =>
        span > most ? most : span < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : span;
}
