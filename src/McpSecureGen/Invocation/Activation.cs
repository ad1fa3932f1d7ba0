using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// How an SDK primitive was made: on which object its method runs and with which serializer options. The SDK keeps both to itself, so the
/// intercepted registration calls note them; a primitive from an unknown route has none and is bound by the SDK after validation.
/// </summary>
public sealed class Activation
{
    private readonly object? _target;
    private readonly Func<MessageContext, object>? _factory;

    private Activation(MethodInfo method, object? target, Func<MessageContext, object>? factory, JsonSerializerOptions? options)
    {
        Method = method;
        _target = target;
        _factory = factory;
        SerializerOptions = options;
    }

    internal MethodInfo Method { get; }

    internal JsonSerializerOptions? SerializerOptions { get; }

    /// <summary>Whether each call makes an object of its own, which is disposed after it.</summary>
    internal bool CreatesTarget => _factory is not null;

    internal static Activation OnTarget(MethodInfo method, object? target, JsonSerializerOptions? options) => new(method, target, null, options);

    internal static Activation ByFactory(MethodInfo method, Func<MessageContext, object> factory, JsonSerializerOptions? options) =>
        new(method, null, factory, options);

    internal static Activation PerCall(
        MethodInfo method,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type,
        JsonSerializerOptions? options)
    {
        // One constructor leaves nothing to choose, so its factory is compiled once. With several the choice depends on the services of the
        // request, exactly as the SDK makes it on every call.
        if (type.GetConstructors() is [_])
        {
            var create = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
            return new(method, null, request => request.Services is { } services ? create(services, null) : Activator.CreateInstance(type)!, options);
        }

        return new(
            method,
            null,
            request => request.Services is { } services ? ActivatorUtilities.CreateInstance(services, type) : Activator.CreateInstance(type)!,
            options);
    }

    internal object Target(MessageContext request) =>
        _factory is not null ? _factory(request) : _target ?? throw new InvalidOperationException("The method was registered without an object to run on.");
}
