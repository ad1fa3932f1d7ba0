using McpSecureGen.ArgvRecorder;

// What to do comes by the environment: the arguments are what is recorded.
var folder = Environment.GetEnvironmentVariable("RECORDER_FOLDER");
switch (Environment.GetEnvironmentVariable("RECORDER_MODE"))
{
    case null or "":
        Recording.Write(args, folder, input: null);
        return 0;

    case "input":
        Recording.Write(args, folder, Console.In.ReadToEnd());
        return 0;

    case "exit":
        Console.Error.Write("failed");
        return 7;

    case "flood":
        Offspring.Flood();
        return 0;

    // A child that writes on for ever, and a parent that waits for ever.
    case "tree":
        Offspring.Start("beat", withMark: true);
        Thread.Sleep(Timeout.Infinite);
        return 0;

    // The same with a child that nobody is the parent of.
    case "daemon":
        Offspring.Start("middle", withMark: true);
        Thread.Sleep(Timeout.Infinite);
        return 0;

    // The same with a child that carries nothing of its start but the pipes.
    case "bare-daemon":
        Offspring.Start("bare-middle", withMark: true);
        Thread.Sleep(Timeout.Infinite);
        return 0;

    // A program that ends well and leaves a child behind.
    case "leave":
        Offspring.Start("middle", withMark: true);
        Offspring.AwaitBeat(folder!);
        return 0;

    case "middle":
        Offspring.Start("beat", withMark: true);
        return 0;

    case "bare-middle":
        Offspring.Start("beat", withMark: false);
        return 0;

    case "beat":
        Offspring.Beat(folder!);
        return 0;

    default:
        return 2;
}
