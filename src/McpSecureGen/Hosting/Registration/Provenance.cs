using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpSecureGen.Invocation;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Registration;

/// <summary>
/// Remembers how an SDK primitive was made, for as long as it lives. Noted by the intercepted registration calls, which alone see the target
/// and the serializer options. A note decides on which object a method runs, never whether a call is allowed.
/// </summary>
internal static class Provenance
{
    private static readonly ConditionalWeakTable<object, Activation> Notes = [];

    internal static Activation? Of(object primitive) => Notes.TryGetValue(primitive, out var activation) ? activation : null;

    /// <summary>A primitive made from a method of a type: on one target, or on a new object per call.</summary>
    internal static void NoteMethod(object primitive, IReadOnlyList<object> metadata, object? target, JsonSerializerOptions? options)
    {
        if (metadata is [MethodInfo method, ..])
        {
            Notes.AddOrUpdate(primitive, OfMethod(method, target, options));
        }
    }

    /// <summary>A primitive made from a delegate, or from a method and its target.</summary>
    internal static void NoteTarget(object primitive, MethodInfo method, object? target, JsonSerializerOptions? options)
    {
        if (method.IsStatic && target is not null)
        {
            // A static method closed over its first argument: the SDK's parameters are then not the method's.
            return;
        }

        Notes.AddOrUpdate(primitive, Activation.OnTarget(AsSeenFrom(target, method), target, options));
    }

    internal static void NoteFactory(object primitive, MethodInfo method, Func<MessageContext, object> factory, JsonSerializerOptions? options) =>
        Notes.AddOrUpdate(primitive, Activation.ByFactory(method, factory, options));

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The SDK's registration keeps the constructors of the type it creates.")]
    private static Activation OfMethod(MethodInfo method, object? target, JsonSerializerOptions? options) =>
        method.IsStatic || target is not null
            ? Activation.OnTarget(method, method.IsStatic ? null : target, options)
            : Activation.PerCall(method, method.ReflectedType!, options);

    /// <summary>
    /// A delegate on an inherited method says the base class; the policy is that of the class of its target, whose capabilities may be stricter.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The delegate keeps the method; a type without it makes the key unknown, which refuses.")]
    private static MethodInfo AsSeenFrom(object? target, MethodInfo method) =>
        target is not null && target.GetType() != method.ReflectedType && !method.IsGenericMethod
            ? (MethodInfo)target.GetType().GetMemberWithSameMetadataDefinitionAs(method)
            : method;
}
