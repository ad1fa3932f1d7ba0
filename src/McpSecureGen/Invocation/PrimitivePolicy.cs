namespace McpSecureGen.Invocation;

/// <summary>What the author declared of one tool, prompt or resource. Made by generated code only.</summary>
public sealed class PrimitivePolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="key">The key of the primitive: documentation ids of its reflected type and its method.</param>
    /// <param name="mcpNamespace">The isolation unit.</param>
    /// <param name="capabilities">What the caller must hold.</param>
    /// <param name="waiver">The reason why it needs no capability; <see langword="null"/> when it declares some.</param>
    /// <param name="isSensitive">Whether the result is marked <see cref="SensitiveAttribute"/>.</param>
    /// <exception cref="ArgumentException">Neither a capability nor a reason is given: such a primitive has no policy.</exception>
    public PrimitivePolicy(string key, string mcpNamespace, IReadOnlyList<string> capabilities, string? waiver, bool isSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentException.ThrowIfNullOrWhiteSpace(mcpNamespace);
        ArgumentNullException.ThrowIfNull(capabilities);
        if (capabilities.Count == 0 && string.IsNullOrWhiteSpace(waiver))
        {
            throw new ArgumentException($"'{key}' declares no capability and no reason why it needs none (MCPSEC1001).", nameof(capabilities));
        }

        Key = key;
        Namespace = mcpNamespace;
        Capabilities = capabilities;
        Waiver = waiver;
        IsSensitive = isSensitive;
    }

    /// <summary>Documentation ids of the reflected type and the method, joined by <c>|</c>.</summary>
    public string Key { get; }

    /// <summary>The isolation unit.</summary>
    public string Namespace { get; }

    /// <summary>What the caller must hold, all of it.</summary>
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>Why it needs no capability.</summary>
    public string? Waiver { get; }

    /// <summary>Whether nothing about the result is recorded.</summary>
    public bool IsSensitive { get; }
}
