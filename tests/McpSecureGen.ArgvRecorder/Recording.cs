using System.Collections;
using System.Text.Json;

namespace McpSecureGen.ArgvRecorder;

/// <summary>A file that says with what the program was started; its name goes to the output.</summary>
internal static class Recording
{
    public static void Write(string[] args, string? folder, string? input)
    {
        var descriptors = OperatingSystem.IsLinux() ? Descriptors() : [];
        var name = $"{Guid.NewGuid():N}.json";
        var target = Path.Combine(folder ?? Environment.CurrentDirectory, name);
        using (var stream = new FileStream(target + ".part", FileMode.CreateNew))
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            List(json, "argv", args);
            json.WriteStartObject("environment");
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                json.WriteString((string)variable.Key, (string?)variable.Value);
            }

            json.WriteEndObject();
            json.WriteString("folder", Environment.CurrentDirectory);
            json.WriteNumber("entries", Directory.EnumerateFileSystemEntries(Environment.CurrentDirectory).Count(entry => entry != target + ".part"));
            json.WriteString("input", input);
            List(json, "descriptors", descriptors);
            json.WriteEndObject();
        }

        File.Move(target + ".part", target);
        Console.Out.Write(name);
    }

    private static List<string> Descriptors() =>
        [.. Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(static entry => new FileInfo(entry).LinkTarget ?? "")];

    private static void List(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
