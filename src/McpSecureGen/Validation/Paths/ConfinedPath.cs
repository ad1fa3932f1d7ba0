using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen;

/// <summary>
/// A path beneath a configured root that opens its file by itself: the type of a parameter with <see cref="SafePathAttribute"/>, or a path of
/// <see cref="ConfinedRoots"/>.
/// </summary>
/// <remarks>
/// <para>Between the check of a string and its use another process can put a link in the place of a folder. Here there is no such moment: every operation
/// starts at the folder that the server opened as the root at its start, and the kernel refuses each step out of it (Linux: <c>openat2</c> with
/// <c>RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS</c>, or a walk with <c>O_NOFOLLOW</c>; macOS: the walk; Windows: every folder on the way is held open).
/// CWE-59, CWE-367.</para>
/// <para>Links whose whole way lies beneath the root are followed, absolute ones and those that leave and come back are not; on Windows none is. Only regular
/// files are opened, never a pipe, socket or device, and a file with a second name (hard link) only when the declaration allows it.</para>
/// <para>Operations throw <see cref="PathRefusedException"/> and other <see cref="IOException"/>, or <see cref="UnauthorizedAccessException"/>. No message
/// holds a path of the host. A path that no rule has checked throws <see cref="InvalidOperationException"/> on every operation.</para>
/// </remarks>
[JsonConverter(typeof(ConfinedPathConverter))]
public sealed partial class ConfinedPath
{
    private readonly HeldFolder? _root;
    private readonly PathPolicy? _policy;
    private readonly string[] _components = [];

    private ConfinedPath(string text) => Text = text;

    internal ConfinedPath(HeldFolder root, PathPolicy policy, string[] components)
    {
        (_root, _policy, _components) = (root, policy, components);
        Text = components.Length == 0 ? "." : string.Join('/', components);
    }

    /// <summary>The path beneath the root with <c>/</c> on every operating system; <c>.</c> for the root itself. A client may see it.</summary>
    public string Relative
    {
        get
        {
            _ = Root;
            return Text;
        }
    }

    /// <summary>The last name of the path; empty for the root itself.</summary>
    public string Name => Root is not null && _components.Length > 0 ? _components[^1] : "";

    /// <summary>What stands there now. A link at the end is a link, wherever it leads.</summary>
    /// <exception cref="IOException">A link on the way leads out, or the operating system refuses to say.</exception>
    public PathKind Kind => Look(followLast: false)?.Kind ?? PathKind.Missing;

    /// <summary>Whether a file or folder stands there now, links beneath the root followed.</summary>
    /// <exception cref="IOException">A link leads out, or the operating system refuses to say.</exception>
    public bool Exists => Look(followLast: true) is { Kind: PathKind.File or PathKind.Folder };

    /// <summary>What the client sent, until a rule has checked it; then the same as <see cref="Relative"/>.</summary>
    internal string Text { get; }

    private HeldFolder Root => _root ?? throw new InvalidOperationException(
        "A ConfinedPath reached a tool unchecked. Put [SafePath(Root = \"...\")] on its parameter or member, and register the tool class with " +
        "WithTools<T>() or McpServerTool.Create in a project that references McpSecureGen, so that the checked value reaches the method (MCPSEC9001).");

    private PathPolicy Policy => _policy!;

    /// <summary>A path that no rule has seen. Every operation on it throws.</summary>
    internal static ConfinedPath Unchecked(string text) => new(text);

    /// <summary>The path of a child, checked by the same rules as an argument.</summary>
    /// <param name="relative">One or more names below this path; <c>..</c> does not lead above it.</param>
    /// <returns>The child; whether it exists is not asked.</returns>
    /// <exception cref="PathRefusedException">The text is no acceptable path.</exception>
    public ConfinedPath Combine(string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        var root = Root;
        if (relative.Length > Policy.MaxLength)
        {
            throw new PathRefusedException($"The path must have at most {Policy.MaxLength} characters.");
        }

        return PathSyntax.Parse(relative, out var components) is { } fault
            ? throw Refused(fault)
            : new ConfinedPath(root, Policy, [.. _components, .. components]);
    }

    /// <summary>Kind, length and time of what stands there now, a link at the end not followed.</summary>
    /// <exception cref="FileNotFoundException">Nothing does.</exception>
    /// <exception cref="IOException">A link on the way leads out, or the operating system refuses to say.</exception>
    public ConfinedPathInfo GetInfo() => Look(followLast: false) is { } facts
        ? new ConfinedPathInfo(facts.Kind, facts.Kind == PathKind.File ? facts.Length : null, facts.Modified)
        : throw UnixFault.Of(UnixFault.NoEntry);

    /// <summary>The same as <see cref="Relative"/>, or what the client sent as long as no rule has checked it.</summary>
    public override string ToString() => Text;

    internal EntryFacts? Look(bool followLast)
    {
        try
        {
            return Root.Look(_components, followLast);
        }
        catch (DirectoryNotFoundException)
        {
            // Below a file nothing stands.
            return null;
        }
    }

    /// <summary>The folder that holds the entry.</summary>
    internal HeldFolder OpenParent() => _components.Length == 0
        ? throw new PathRefusedException("The root folder itself cannot be changed.")
        : Root.OpenFolder(_components.AsSpan(0, _components.Length - 1));

    private static PathRefusedException Refused(string fault) => new($"The path {fault}.");

    private HeldFolder OpenParentToChange()
    {
        RequireWrite();
        return OpenParent();
    }

    private void RequireWrite()
    {
        _ = Root;
        if (Policy.Access != PathAccess.Write)
        {
            throw new PathRefusedException("The path is declared for reading only.");
        }
    }

    private void RequireExtension()
    {
        if (Policy.FaultOfExtension(Name) is { } fault)
        {
            throw Refused(fault);
        }
    }
}

/// <summary>What stands at a <see cref="ConfinedPath"/>.</summary>
/// <param name="Kind">What it is; a link is not followed.</param>
/// <param name="Length">The length of a file in bytes.</param>
/// <param name="Modified">When it was last written to, UTC.</param>
public readonly record struct ConfinedPathInfo(PathKind Kind, long? Length, DateTimeOffset Modified);

/// <summary>Reads a string as a path that nobody has checked yet; its rule replaces it.</summary>
internal sealed class ConfinedPathConverter : JsonConverter<ConfinedPath>
{
    public override ConfinedPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ConfinedPath.Unchecked(reader.GetString()!) : throw new JsonException("A path is a string.");

    public override void Write(Utf8JsonWriter writer, ConfinedPath value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
