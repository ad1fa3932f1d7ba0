using System.Diagnostics.CodeAnalysis;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// A collection of tools or prompts that holds secured ones only: whatever is added, also while the server runs, is wrapped or refused.
/// </summary>
internal sealed class GuardedCollection<T>(SecurityGuard guard, Func<T, T> secure, Func<T, T> unwrap) : McpServerPrimitiveCollection<T>
    where T : class, IMcpServerPrimitive
{
    private static readonly AsyncLocal<bool> Listing = new();

    internal SecurityGuard Guard => guard;

    /// <summary>
    /// For the duration of a list request the collection shows the SDK's own primitives: the SDK reshapes the output schema of these for older
    /// clients, and of no others.
    /// </summary>
    internal static bool IsListing
    {
        get => Listing.Value;
        set => Listing.Value = value;
    }

    /// <exception cref="McpSecurityConfigurationException">The primitive has no generated wrapper.</exception>
    public override bool TryAdd(T primitive)
    {
        ArgumentNullException.ThrowIfNull(primitive);
        return base.TryAdd(secure(primitive));
    }

    public override bool Remove(T primitive) => base.Remove(Stored(primitive));

    public override bool Contains(T primitive) => base.Contains(Stored(primitive));

    public override IEnumerator<T> GetEnumerator() => IsListing ? Unwrapped() : base.GetEnumerator();

    private IEnumerator<T> Unwrapped()
    {
        foreach (var primitive in ToArray())
        {
            yield return unwrap(primitive);
        }
    }

    /// <summary>The wrapper under which a primitive that the caller holds is stored.</summary>
    private T Stored(T primitive)
    {
        ArgumentNullException.ThrowIfNull(primitive);
        return TryGetPrimitive(primitive.Id, out var stored) && ReferenceEquals(unwrap(stored), primitive) ? stored : primitive;
    }
}
