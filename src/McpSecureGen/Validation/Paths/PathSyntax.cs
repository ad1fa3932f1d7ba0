using System.Buffers;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// The lexical half of path confinement: what a path says, before any file system is asked. The same on every operating system, so that a policy tested
/// on one holds on the others: backslash separates everywhere, and Windows' special names are refused everywhere.
/// </summary>
internal static class PathSyntax
{
    // Each pass undoes one layer of encoding; ordinary names have none, so more layers than this are an attack.
    private const int MaxEncodingLayers = 8;

    private static readonly string[] DeviceNames = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*?\"<>|");

    /// <summary>Reads a path into the components beneath its root.</summary>
    /// <param name="path">The argument.</param>
    /// <param name="components">Names without <c>.</c> and <c>..</c>; empty for the root itself.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal static string? Parse(string path, out List<string> components) => Parse(path, OperatingSystem.IsWindows(), out components);

    /// <summary>The same as on Windows or elsewhere: wildcards and short names are names like any other everywhere else.</summary>
    internal static string? Parse(string path, bool onWindows, out List<string> components)
    {
        components = [];
        if (path.Length == 0)
        {
            return "must not be empty";
        }

        if (TextScan.FirstFault(path, allowNewLines: false) != TextFault.None)
        {
            return "must not contain control, invisible or malformed characters";
        }

        if (path[0] is '/' or '\\' || IsDrive(path))
        {
            return "must be relative to its root folder";
        }

        if (HidesStructure(path))
        {
            return "must not contain encoded separators, dots or control characters";
        }

        foreach (var component in path.Split('/', '\\'))
        {
            if (component is "" or ".")
            {
                continue;
            }

            if (component == "..")
            {
                // Component-wise: "a/../b" is "b"; one step above the root refuses, even when a later component would lead back.
                if (components.Count == 0)
                {
                    return SafePathRule.MustLieInside;
                }

                components.RemoveAt(components.Count - 1);
                continue;
            }

            if (FaultOfName(component, onWindows) is { } fault)
            {
                return fault;
            }

            components.Add(component);
        }

        return null;
    }

    /// <summary>Whether a name of a file system can be said as the name of a path.</summary>
    internal static bool IsName(string name) => !name.AsSpan().ContainsAny('/', '\\') && Parse(name, out var components) is null && components.Count == 1;

    private static string? FaultOfName(string name, bool onWindows)
    {
        if (name.Contains(':', StringComparison.Ordinal))
        {
            return "must not contain a colon";
        }

        // Windows drops them: "secret.txt." opens "secret.txt", and ".. " climbs.
        if (name[^1] is '.' or ' ')
        {
            return "must not contain a name that ends in a dot or space";
        }

        if (IsDeviceName(name))
        {
            return "must not contain the name of a device";
        }

        return onWindows && (name.AsSpan().ContainsAny(Wildcards) || IsShortName(name))
            ? "must not contain wildcards or short names"
            : null;
    }

    private static bool IsDrive(string path) => path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]);

    // "NUL.txt" and "NUL .txt" are the device too; COM¹ to COM³ are devices as COM1 to COM3 are.
    private static bool IsDeviceName(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        if (stem.Length == 4 && (stem[3] is >= '0' and <= '9' or '\u00B9' or '\u00B2' or '\u00B3'))
        {
            return stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase);
        }

        return DeviceNames.Contains(stem, StringComparer.OrdinalIgnoreCase);
    }

    // "PROGRA~1" names another entry on Windows only; elsewhere it is a name like any other.
    private static bool IsShortName(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name.AsSpan());
        var tilde = stem.LastIndexOf('~');
        return tilde >= 0 && stem.Length <= 8 && tilde < stem.Length - 1 && !stem[(tilde + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>
    /// Whether a later decoding or normalisation would read another structure than we do: a separator, a <c>..</c>, a control character, a drive, a stream
    /// or a device that appears only once percent escapes are decoded (also twice, <c>%u002e</c>, overlong UTF-8) or NFKC is applied (<c>．．／</c>).
    /// </summary>
    private static bool HidesStructure(string path)
    {
        var names = path.Split('/', '\\');
        var reading = path;
        for (var layer = 0; layer < MaxEncodingLayers; layer++)
        {
            if (CompatibilityForm.IsUnbounded(reading))
            {
                return true;
            }

            var normalised = CompatibilityForm.Of(reading);
            if (!PercentEncoding.TryDecode(normalised, out var next) || Differs(names, normalised) || Differs(names, next))
            {
                return true;
            }

            if (next == reading)
            {
                return false;
            }

            reading = next;
        }

        return true;
    }

    private static bool Differs(string[] names, string reading)
    {
        if (IsDrive(reading) || reading.Any(char.IsControl))
        {
            return true;
        }

        var read = reading.Split('/', '\\');
        if (read.Length != names.Length)
        {
            return true;
        }

        for (var index = 0; index < read.Length; index++)
        {
            var (name, other) = (names[index], read[index]);

            // A full-width colon is common in Chinese and Japanese names and stays; only the syntax of a stream is refused.
            if (name != other
                && (other.Contains('.', StringComparison.Ordinal) && !other.AsSpan().ContainsAnyExcept('.', ' ')
                    || IsDeviceName(other)
                    || other.Contains(":$", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
