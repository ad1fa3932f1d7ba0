namespace FileServer.Demo;

/// <summary>One line of the table: who does what, and what must come of it.</summary>
/// <param name="Who">The caller.</param>
/// <param name="What">The request.</param>
/// <param name="Expected">The verdict.</param>
/// <param name="Recorded">What the last audit record must say: decision and outcome, or decision and rule.</param>
/// <param name="Send">Makes the request.</param>
/// <param name="Effect">What else must be true, in words. A refused call must leave every file as it was and show nothing; that is checked always.</param>
/// <param name="HasEffect">Whether it is.</param>
internal sealed record Row(
    string Who,
    string What,
    string Expected,
    string Recorded,
    Func<ServerProcess, Task<Reply>> Send,
    string Effect = "nothing changed, nothing shown",
    Func<Reply, bool>? HasEffect = null);
