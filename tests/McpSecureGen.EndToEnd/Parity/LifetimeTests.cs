using System.Collections.Concurrent;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>Objects made for a call are disposed after it, given ones are not; services come from a scope of the request.</summary>
public sealed class LifetimeTests
{
    [Theory]
    [InlineData("dispose_both", "async")]
    [InlineData("dispose_sync", "sync")]
    [InlineData("dispose_both_throwing", "async")]
    [InlineData("dispose_sync_throwing", "sync")]
    public async Task An_object_made_for_the_call_is_disposed_once_also_after_an_exception(string tool, string how)
    {
        var journal = new Journal();
        await using var server = await TestServer.StartAsync(static b => b.WithTools<BothDisposable>().WithTools<SyncDisposable>(), s => s.AddSingleton(journal));
        await server.CallAsync(tool, token: Issuer.Token("read:files"));
        await using var alone = await UnsecuredServer.StartAsync(
            [.. typeof(BothDisposable).GetMethods().Concat(typeof(SyncDisposable).GetMethods()).Where(static m => m.IsDefined(typeof(McpServerToolAttribute), false))],
            services: s => s.AddSingleton(journal));
        string[] secured = [.. journal.Entries];
        journal.Entries.Clear();
        await alone.Client.CallToolAsync(new CallToolRequestParams { Name = tool });

        Assert.Equal(["made", "ran", how], secured);
        Assert.Equal(journal.Entries, secured);
    }

    [Fact]
    public async Task A_refused_call_makes_no_object()
    {
        var journal = new Journal();
        await using var server = await TestServer.StartAsync(static b => b.WithTools<BothDisposable>(), s => s.AddSingleton(journal));

        await server.CallAsync("dispose_both", """{"unknown":1}""", Issuer.Token("read:files"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await server.CallAsync("dispose_both", token: Issuer.Token("env:read")));

        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task A_given_object_is_used_and_not_disposed()
    {
        var journal = new Journal();
        var target = new BothDisposable(journal);
        await using (var server = await TestServer.StartAsync(b => b.WithTools(target)))
        {
            await server.CallAsync("dispose_both", token: Issuer.Token("read:files"));
            await server.CallAsync("dispose_both", token: Issuer.Token("read:files"));
        }

        Assert.Equal(["made", "ran", "ran"], journal.Entries);
    }

    [Fact]
    public async Task A_scoped_service_is_one_within_a_call_and_another_in_the_next_and_disposed_with_it()
    {
        var journal = new Journal();
        void Add(IServiceCollection s) => s.AddSingleton(journal).AddScoped<Scoped>().AddKeyedScoped<Scoped>("k");
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ScopedTools>(), Add);
        await using var alone = await UnsecuredServer.StartAsync([typeof(ScopedTools).GetMethod(nameof(ScopedTools.Scopes))!], services: Add);

        string[] secured = [
            TestServer.Text(await server.CallAsync("scopes", token: Issuer.Token("read:files"))),
            TestServer.Text(await server.CallAsync("scopes", token: Issuer.Token("read:files")))];
        string[] entries = [.. journal.Entries];
        journal.Entries.Clear();
        string[] sdk = [
            TestServer.Text(await alone.Client.CallToolAsync(new CallToolRequestParams { Name = "scopes" })),
            TestServer.Text(await alone.Client.CallToolAsync(new CallToolRequestParams { Name = "scopes" }))];

        Assert.All(secured, static text => Assert.Equal("True True", text));
        Assert.Equal(sdk, secured);
        Assert.Equal(["gone", "gone"], entries);
        Assert.Equal(journal.Entries, entries);
    }
}

public sealed class Journal
{
    public ConcurrentQueue<string> Entries { get; } = new();
}

public sealed class Scoped(Journal journal) : IDisposable
{
    public void Dispose() => journal.Entries.Enqueue("gone");
}

[RequiresCapability("read:files")]
public sealed class ScopedTools(Scoped own)
{
    [McpServerTool]
    public string Scopes(Scoped given, IServiceProvider services) =>
        $"{ReferenceEquals(own, given)} {ReferenceEquals(own, services.GetRequiredService<Scoped>())}";
}

[RequiresCapability("read:files")]
public sealed class BothDisposable : IDisposable, IAsyncDisposable
{
    private readonly Journal _journal;

    public BothDisposable(Journal journal)
    {
        _journal = journal;
        journal.Entries.Enqueue("made");
    }

    [McpServerTool]
    public void DisposeBoth() => _journal.Entries.Enqueue("ran");

    [McpServerTool]
    public async Task DisposeBothThrowing()
    {
        await Task.Yield();
        _journal.Entries.Enqueue("ran");
        throw new InvalidOperationException();
    }

    public void Dispose() => _journal.Entries.Enqueue("sync");

    public ValueTask DisposeAsync()
    {
        _journal.Entries.Enqueue("async");
        return default;
    }
}

[RequiresCapability("read:files")]
public sealed class SyncDisposable : IDisposable
{
    private readonly Journal _journal;

    public SyncDisposable(Journal journal)
    {
        _journal = journal;
        journal.Entries.Enqueue("made");
    }

    [McpServerTool]
    public void DisposeSync() => _journal.Entries.Enqueue("ran");

    [McpServerTool]
    public void DisposeSyncThrowing()
    {
        _journal.Entries.Enqueue("ran");
        throw new InvalidOperationException();
    }

    public void Dispose() => _journal.Entries.Enqueue("sync");
}
