using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Tests.Invocation;

public sealed class TaskOwnersTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new(TestTokens.Now);

    [Theory]
    [InlineData("alice", "editor", true)]
    [InlineData("mallory", "editor", false)]
    [InlineData("alice", "other", false)]
    public void Only_the_same_subject_and_client_own_it(string subject, string client, bool owns)
    {
        var owners = new TaskOwners(_time);
        owners.Add("t", Caller("alice", "editor"), Minute);

        Assert.Equal(owns, owners.IsOwner("t", Caller(subject, client)));
        Assert.False(owners.IsOwner("T", Caller("alice", "editor")));
    }

    [Fact]
    public void It_is_forgotten_when_the_task_expires()
    {
        var owners = new TaskOwners(_time);
        owners.Add("t", Caller("alice", "editor"), Minute);
        _time.Advance(Minute);

        Assert.False(owners.IsOwner("t", Caller("alice", "editor")));
        owners.Add("t", Caller("bob", "editor"), Minute);
        Assert.True(owners.IsOwner("t", Caller("bob", "editor")));
    }

    [Fact]
    public void Nobody_takes_over_a_living_task()
    {
        var owners = new TaskOwners(_time);
        owners.Add("t", Caller("alice", "editor"), Minute);
        owners.Add("t", Caller("mallory", "editor"), Minute);

        Assert.True(owners.IsOwner("t", Caller("alice", "editor")));
        Assert.False(owners.IsOwner("t", Caller("mallory", "editor")));
    }

    [Fact]
    public void When_full_of_living_tasks_a_new_one_belongs_to_nobody_and_the_old_ones_stay()
    {
        var owners = new TaskOwners(_time, capacity: 2);
        foreach (var task in new[] { "a", "b", "c" })
        {
            owners.Add(task, Caller("alice", "editor"), Minute);
        }

        Assert.Equal([true, true, false], new[] { "a", "b", "c" }.Select(task => owners.IsOwner(task, Caller("alice", "editor"))));
    }

    private Caller Caller(string subject, string client)
    {
        var tokens = new TestTokens();
        var vocabulary = CapabilityVocabulary.Create([]);
        var authenticator = new CallerAuthenticator(
            new AuthenticationOptions { Issuer = TestTokens.Issuer, Audience = TestTokens.Audience, Keys = tokens.PublicKeySet() },
            vocabulary,
            RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()),
            new ManualTime(TestTokens.Now));
        var token = tokens.Mint(claims =>
        {
            claims["sub"] = subject;
            claims["client_id"] = client;
        });
        return authenticator.Authenticate(token, CallerSource.CallMeta).Caller!;
    }
}
