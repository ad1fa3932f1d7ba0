using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;
using McpSecureGen.Validation.Rules;
using ModelContextProtocol;

namespace McpSecureGen.Invocation;

/// <summary>What a generated wrapper is made from: the SDK's primitive, how that was made, and the security services of the server.</summary>
/// <typeparam name="TPrimitive">The SDK's base class of the primitive.</typeparam>
public sealed class PrimitiveBinding<TPrimitive>
{
    internal PrimitiveBinding(TPrimitive inner, Activation? activation, SecurityServices security)
    {
        Inner = inner;
        Activation = activation;
        Security = security;
        SerializerOptions = activation?.SerializerOptions ?? McpJsonUtilities.DefaultOptions;
    }

    internal TPrimitive Inner { get; }

    internal Activation? Activation { get; }

    internal SecurityServices Security { get; }

    /// <summary>The serializer options with which the primitive was made.</summary>
    public JsonSerializerOptions SerializerOptions { get; }

    /// <summary>The configured bounds on arguments.</summary>
    public LimitOptions Limits => Security.Limits;

    /// <summary>The rule of a <see cref="SafePathAttribute"/>.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">Its root is not configured.</exception>
    public IValueRule<string> SafePath(SafePathAttribute attribute) => new Validation.Paths.SafePathRule(Security.Roots, attribute);

    /// <summary>The rule of a <see cref="SafePathAttribute"/> on a path that opens its file by itself.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">Its root is not configured.</exception>
    /// <exception cref="ArgumentException">The SDK would bind the argument again by itself, and the method would get a path that nobody has checked.</exception>
    public IValueRule<ConfinedPath> ConfinedPath(SafePathAttribute attribute) => Activation is not null
        ? new Validation.Paths.ConfinedPathRule(Security.Roots, attribute)
        : throw new ArgumentException(
            "it takes a ConfinedPath and was registered by a route that is not known, where the SDK binds its arguments by itself. Register its class with " +
            "WithTools<T>(), WithPrompts<T>() or WithResources<T>(), or call McpServerTool.Create directly, in a project that references McpSecureGen; or take a string");

    /// <summary>The rule of a <see cref="SafeUrlAttribute"/>.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">It allows nothing.</exception>
    public IValueRule<string> SafeUrl(SafeUrlAttribute attribute) => new Validation.Urls.SafeUrlRule(Security.Urls, attribute);

    /// <summary>The same rule for a parsed URL.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">It allows nothing.</exception>
    public IValueRule<Uri> SafeUri(SafeUrlAttribute attribute) => new Validation.Urls.SafeUriRule(Security.Urls, attribute);

    /// <summary>The same rule for a URL that is fetched through itself.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">It allows nothing.</exception>
    public IValueRule<ConfinedUrl> ConfinedUrl(SafeUrlAttribute attribute) => new Validation.Urls.ConfinedUrlRule(Security.Urls, attribute);

    /// <summary>The rule of a <see cref="SafeArgumentAttribute"/>.</summary>
    public IValueRule<string> SafeArgument(SafeArgumentAttribute attribute) => new Validation.Processes.SafeArgumentRule(attribute);

    /// <summary>The rule of a <see cref="SafeExecutableAttribute"/>.</summary>
    /// <exception cref="Hosting.McpSecurityConfigurationException">It allows nothing, or one of its programs is not configured.</exception>
    public IValueRule<string> SafeExecutable(SafeExecutableAttribute attribute) => new Validation.Processes.SafeExecutableRule(Security.Executables, attribute);

    /// <summary>The rule of a <see cref="SafeIdentifierAttribute"/>.</summary>
    public IValueRule<string> SafeIdentifier(SafeIdentifierAttribute attribute) => new Validation.Text.SafeIdentifierRule(attribute);

    /// <summary>The rule of a <see cref="SafeTextAttribute"/>.</summary>
    public IValueRule<string> SafeText(SafeTextAttribute attribute) => new Validation.Text.SafeTextRule(attribute);

    /// <summary>The rule of a validation attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The name of the parameter or member, as the client knows it.</param>
    /// <param name="memberName">The member's name in its class, where that differs.</param>
    public IValueRule<T> Attribute<T>(ValidationAttribute attribute, string name, string? memberName = null) =>
        AnnotationRules.For<T>(attribute, name, memberName);

    /// <summary>The rule of a <see cref="JsonStringAttribute"/>.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="reader">How the value in the text is read.</param>
    /// <param name="value">What it must satisfy.</param>
    /// <param name="conceal">Keeps its sensitive members out of error messages.</param>
    public IValueRule<string> JsonString<T>(JsonStringAttribute attribute, ValueReader<T> reader, Member<T> value, Action<PrimitiveCall, T>? conceal = null)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return new JsonStringRule<T>(attribute, reader, value, conceal, Limits, SerializerOptions);
    }

    /// <summary>The rule of a member that takes any JSON.</summary>
    public IValueRule<T> FreeForm<T>() => new FreeFormRule<T>(Limits);

    /// <summary>The bound of bytes, which the client sends as text.</summary>
    public IValueRule<byte[]> DefaultBytes() => new BytesRule(Limits.MaxStringLength);

    /// <summary>The same rule for a sensitive value: its refusals say nothing of what it wants.</summary>
#pragma warning disable CA1822 // Generated code asks the binding for every rule alike.
    public IValueRule<T> Concealed<T>(IValueRule<T> rule) => new ConcealedRule<T>(rule);
#pragma warning restore CA1822

    /// <summary>The bound of a string that has none of its own.</summary>
    public IValueRule<string> DefaultLength() => new LengthRule(Limits.MaxStringLength);

    /// <summary>The bound of a collection that has none of its own.</summary>
    public IValueRule<TCollection> DefaultCount<TCollection, TElement>()
        where TCollection : IEnumerable<TElement> => new CountRule<TCollection, TElement>(Limits.MaxItems);
}
