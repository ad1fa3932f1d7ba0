using System.Diagnostics;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>Entries are exchanged for links to the outside while others work. Through ConfinedPath nothing gets out; through check-then-open something does.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    public static TheoryData<string> Resolvers => ConfinedFolder.Resolvers;

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_folders_and_files_exchanged_for_links_When_worked_through_ConfinedPath_Then_nothing_gets_out(string resolver)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The exchange at once is Linux' renameat2.");
        using var place = new ConfinedFolder(resolver);
        using var race = new PathRace(place.Root);
        race.Start();
        var done = new int[PathRace.Operations.Length];
        var refused = new int[PathRace.Operations.Length];
        var wrong = new List<Exception>();
        Work(PathRace.Seconds, static () => false, turn =>
        {
            var index = turn % PathRace.Operations.Length;
            var operation = PathRace.Operations[index];
            var path = PathRace.PlaceOf(operation, turn / PathRace.Operations.Length);
            try
            {
                race.Saw(operation, path, Do(place.Top, operation, path));
                Interlocked.Increment(ref done[index]);
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref refused[index]);
            }
            catch (Exception other)
            {
                lock (wrong)
                {
                    wrong.Add(other);
                }
            }
        });
        race.Stop();
        output.WriteLine($"{resolver}: {race.Exchanges} exchanges, {race.Looks} looks around, in {PathRace.Seconds} s");
        for (var index = 0; index < done.Length; index++)
        {
            output.WriteLine($"{PathRace.Operations[index],-8} done {done[index],8} refused {refused[index],8}");
        }

        Assert.False(race.HasEscaped, race.Escapes);
        Assert.Empty(wrong);
        Assert.All(done, static count => Assert.True(count > 0));
        Assert.True(refused.Sum() > 0 && race.Exchanges > 1000 && race.Looks > 1);
    }

    [Fact]
    public void Given_the_same_exchanges_When_a_path_is_checked_and_then_opened_Then_it_gets_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The exchange at once is Linux' renameat2.");
        using var place = new ConfinedFolder("walk");
        using var race = new PathRace(place.Root);
        race.Start();
        var rule = new SafePathRule(place.Roots, new SafePathAttribute { Root = "ws" });
        var turns = 0;
        Work(60, () => race.HasEscaped, turn =>
        {
            Interlocked.Increment(ref turns);
            var path = PathRace.PlaceOf("read", turn);
            try
            {
                var canonical = path;
                if (rule.TryApply(ref canonical, default, out _))
                {
                    race.Saw("read", path, File.ReadAllText(canonical));
                }
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // As often as not.
            }
        });
        race.Stop();
        output.WriteLine($"check-then-open got out after {turns} turns and {race.Exchanges} exchanges: {race.Escapes}");
        Assert.True(race.HasEscaped, "The race above shows nothing if check-then-open withstands it.");
    }

    internal static string? Do(ConfinedPath top, string operation, string name)
    {
        var path = top.Combine(name);
        switch (operation)
        {
            case "read":
                return path.ReadAllText();
            case "write":
                path.WriteAllText("payload");
                return null;
            case "create":
                using (var stream = path.Open(FileMode.Create, FileAccess.Write))
                {
                    stream.Write("payload"u8);
                }

                return null;
            case "make":
                path.CreateFolder();
                return null;
            case "list":
                return string.Join(' ', path.Enumerate(recursive: true).Select(static entry => entry.Relative));
            case "delete":
                path.Delete();
                return null;
            case "purge":
                path.DeleteRecursively();
                return null;
            case "move":
                path.MoveTo(top.Combine("d/new0"), overwrite: true);
                return null;
            case "copy":
                path.CopyTo(top.Combine("e/new1"), overwrite: true);
                return null;
            default:
                return path.GetInfo().ToString() + path.Exists;
        }
    }

    private static void Work(double seconds, Func<bool> isDone, Action<int> operate)
    {
        var clock = Stopwatch.StartNew();
        var turn = -1;
        Thread[] workers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (clock.Elapsed.TotalSeconds < seconds && !isDone())
            {
                operate(Interlocked.Increment(ref turn));
            }
        }))];
        Array.ForEach(workers, static worker => worker.Start());
        Array.ForEach(workers, static worker => worker.Join());
    }
}
