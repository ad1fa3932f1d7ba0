using McpSecureGen.Analyzers.Infrastructure;

namespace McpSecureGen.Analyzers.Model;

/// <summary>Everything the wrapper of one primitive is written from.</summary>
/// <remarks>The two laws of every type in this folder: it is immutable, and two that describe the same code are equal. No symbol, syntax or location.</remarks>
/// <param name="Kind">Tool, prompt or resource.</param>
/// <param name="Key">Documentation ids of the reflected type and the method.</param>
/// <param name="Name">The wrapper's class name, unique in the assembly.</param>
/// <param name="Signature">The method as its author would recognise it, for the header.</param>
/// <param name="Namespace">The isolation unit.</param>
/// <param name="Capabilities">What the caller must hold.</param>
/// <param name="Waiver">Why nothing is needed.</param>
/// <param name="IsSensitive">Whether the result is.</param>
/// <param name="Limits">The bounds its author set, as assignments to properties of the policy.</param>
/// <param name="Invocation">How the method is called.</param>
/// <param name="Parameters">The parameters in order.</param>
/// <param name="Objects">The complex types among the client's arguments.</param>
/// <param name="Waits">Whether a check of its arguments may wait for something outside the process.</param>
/// <param name="UsesObsolete">Whether something in it is obsolete as an error, which only obsolete code may use.</param>
internal sealed record PrimitiveModel(
    PrimitiveKind Kind,
    string Key,
    string Name,
    string Signature,
    string Namespace,
    EquatableArray<string> Capabilities,
    string? Waiver,
    bool IsSensitive,
    EquatableArray<string> Limits,
    InvocationModel Invocation,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<ObjectModel> Objects,
    bool Waits,
    bool UsesObsolete);

/// <summary>What awaiting the call yields.</summary>
internal enum ReturnShape
{
    Nothing,
    Value,
    Task,
    TaskOfValue,
}

/// <summary>How a method is called.</summary>
/// <param name="TargetType">The type an instance method is called on; null for a static method.</param>
/// <param name="Call">The callee, without arguments: a type and a method name, a method name, or the name of <paramref name="Accessor"/>.</param>
/// <param name="Accessor">An <c>UnsafeAccessor</c> declaration for a method that generated code cannot name; null otherwise.</param>
/// <param name="Return">What comes back.</param>
/// <param name="IsSdkOnly">Whether only the SDK can call it (MCPSEC9001).</param>
/// <param name="IsSimple">Static, with text, truth values and numbers only: called directly however it was registered.</param>
/// <param name="AccessorSelf">What the accessor's first argument is: the target, cast to its type, or null for a static method.</param>
internal sealed record InvocationModel(
    string? TargetType, string Call, string? Accessor, ReturnShape Return, bool IsSdkOnly, bool IsSimple, string AccessorSelf = "null");

/// <summary>One parameter.</summary>
/// <param name="Name">As in the source.</param>
/// <param name="Type">Fully qualified.</param>
/// <param name="Injected">The expression that provides it; null for a parameter that the client fills.</param>
/// <param name="Argument">How the client's value is read and checked; null for an injected one.</param>
internal sealed record ParameterModel(string Name, string Type, string? Injected, ArgumentModel? Argument);

/// <summary>How a client's value is read and checked. All strings are C# expressions over <c>binding</c> and <c>objects</c>.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="AcceptsNull">Whether null is a value.</param>
/// <param name="Default">The default value; null: the client must send it.</param>
/// <param name="Rules">The rules, in order.</param>
/// <param name="IsSensitive">Whether it is marked so.</param>
/// <param name="MayBeService">A plain class: where the container knows it, it comes from there.</param>
/// <param name="Conceals">The statement that conceals sensitive members; null when there are none.</param>
internal sealed record ArgumentModel(
    string Reader, bool AcceptsNull, string? Default, EquatableArray<string> Rules, bool IsSensitive, bool MayBeService, string? Conceals);

/// <summary>A complex type: its members, and what else it says about itself.</summary>
/// <param name="Name">The name of its rule class.</param>
/// <param name="Type">Fully qualified.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="ShowsItself">Whether an attribute of a member looks at the object around it.</param>
/// <param name="IsOpen">Whether it keeps members that it does not name.</param>
/// <param name="Members">Its members with something to check.</param>
/// <param name="Rules">Rules of the type itself.</param>
/// <param name="Derived">Derived types the serializer may make instead, with the names of their rule classes.</param>
/// <param name="HasSensitive">Whether it holds a sensitive value somewhere.</param>
internal sealed record ObjectModel(
    string Name,
    string Type,
    bool IsValueType,
    bool ShowsItself,
    bool IsOpen,
    EquatableArray<MemberModel> Members,
    EquatableArray<string> Rules,
    EquatableArray<DerivedModel> Derived,
    bool HasSensitive);

/// <summary>A derived type and its rule class.</summary>
/// <param name="Type">Fully qualified.</param>
/// <param name="Rule">The name of its rule class.</param>
/// <param name="Discriminator">What tells it in JSON, as an expression.</param>
internal sealed record DerivedModel(string Type, string Rule, string Discriminator);

/// <summary>A member of a complex type.</summary>
/// <param name="Name">As in the source.</param>
/// <param name="JsonName">As the client knows it.</param>
/// <param name="Type">Fully qualified.</param>
/// <param name="AcceptsNull">Whether null is a value.</param>
/// <param name="Rules">The rules, in order.</param>
/// <param name="Replacement">How a canonical form is put back; null when no rule replaces.</param>
/// <param name="Accessor">The accessor that <paramref name="Replacement"/> calls; null when a plain assignment does.</param>
/// <param name="IsStruct">Whether its type is a struct, whose equality says nothing about what is in it.</param>
/// <param name="IsSensitive">Whether it is marked so.</param>
/// <param name="Conceals">The statement that conceals sensitive members inside the member; null when there are none.</param>
internal sealed record MemberModel(
    string Name,
    string JsonName,
    string Type,
    bool AcceptsNull,
    EquatableArray<string> Rules,
    string? Replacement,
    string? Accessor,
    bool IsStruct,
    bool IsSensitive,
    string? Conceals);
