using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>
/// Turns types and attributes into readers and rules, and collects the complex types on the way. One instance per primitive.
/// </summary>
internal sealed class ValueParser(CancellationToken cancellationToken)
{
    private const string Rules = "global::McpSecureGen.Validation.Rules.";
    private const string Readers = "global::McpSecureGen.Validation.Json.Readers.";

    private readonly ObjectParser _objects = new(cancellationToken);

    /// <summary>Whether something was met that generated code cannot express; the primitive then gets no wrapper and is refused.</summary>
    public bool HasFailed => _objects.HasFailed || _hasFailed;

    public EquatableArray<ObjectModel> Objects => _objects.Parse(this);

    /// <summary>Whether a rule may have to wait for something outside the process.</summary>
    public bool Waits { get; private set; }

    private bool _hasFailed;

    public string Reader(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return $"{Readers}Nullable({Reader(nullable.TypeArguments[0])})";
        }

        if (TypeShapes.IsConfined(type))
        {
            return Readers + type.Name;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return $"{Readers}Enum<{Literals.TypeName(type)}>(binding.SerializerOptions)";
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Boolean
                or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
                or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal:
                return Readers + type.SpecialType.ToString().Substring("System_".Length);
        }

        var enums = EnumMembers.Of(type, cancellationToken)
            .Select(static name => $", {Readers}EnumMembers<{name}>(binding.SerializerOptions)");
        return $"{Readers}Serialized<{Literals.TypeName(type)}>(binding.SerializerOptions, binding.Limits{string.Concat(enums)})";
    }

    /// <summary>The rules of a value, from the attributes where it is declared and from its type.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="displayName">Its name, as the client knows it.</param>
    /// <param name="memberName">Its name in its class, where that differs.</param>
    /// <param name="isRoot">Whether it has a reader of its own, which looks at JSON without a type as well.</param>
    public EquatableArray<string> RulesOf(
        ITypeSymbol type, ImmutableArray<AttributeData> attributes, string displayName, string? memberName = null, bool isRoot = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (JsonStrings.Of(attributes) is { } json)
        {
            if (TypeShapes.IsString(type))
            {
                return ImmutableArray.Create(JsonStringRule(json, attributes, displayName));
            }

            // On anything but text, or a collection of texts, it could check nothing.
            _hasFailed |= !TypeShapes.HoldsStrings(type);
        }

        var rules = ImmutableArray.CreateBuilder<string>();
        var isString = TypeShapes.IsString(type);
        var typeName = Literals.TypeName(type);
        var sensitive = McpSymbols.HasSensitive(attributes);
        foreach (var attribute in attributes)
        {
            if (SafeAttributes.Is(attribute))
            {
                if (SafeAttributes.Factory(attribute, type) is { } factory)
                {
                    rules.Add($"binding.{factory}({Literals.Attribute(attribute)})");
                    Waits |= SafeAttributes.Waits(attribute, type);
                }
            }
            else if (ValidationAttributes.IsValidationAttribute(attribute.AttributeClass) && !Comparisons.Is(attribute))
            {
                if (Literals.Attribute(attribute) is not { } creation)
                {
                    _hasFailed = true;
                    continue;
                }

                var inClass = memberName is null || memberName == displayName ? "" : ", " + Literals.Text(memberName);
                rules.Add($"binding.Attribute<{typeName}>({creation}, {Literals.Text(displayName)}{inClass})");
            }
        }

        if (isString && !attributes.Any(static a => BoundsLength(a) || SafeAttributes.Is(a)))
        {
            rules.Add("binding.DefaultLength()");
        }

        if (TypeShapes.IsConfined(type))
        {
            AddConfinement(type, attributes, rules);
        }

        AddFromType(type, typeName, attributes, displayName, isRoot, rules);
        return sensitive ? rules.Select(rule => $"binding.Concealed<{typeName}>({rule})").ToEquatableArray() : rules.ToImmutable();
    }

    /// <summary>Whether a rule of the value puts another one in its place.</summary>
    public bool Replaces(ITypeSymbol type, ImmutableArray<AttributeData> attributes) =>
        TypeShapes.IsConfined(type)
            || (TypeShapes.IsText(type) ? attributes.Any(static a => SafeAttributes.Replaces(a) || JsonStrings.Is(a)) : type.IsValueType && _objects.NameOf(TypeShapes.WithoutNullable(type)) is not null);

    /// <summary>The rule class of a complex type; null for any other.</summary>
    public string? ObjectOf(ITypeSymbol type) => _objects.NameOf(type);

    /// <summary>Whether null is a value: by the annotation; a type from code without annotations may be null.</summary>
    public static bool AcceptsNull(ITypeSymbol type, ImmutableArray<AttributeData> attributes) =>
        !attributes.Any(static a => a.AttributeClass is { Name: "RequiredAttribute" }) &&
        (type.IsReferenceType
            ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || !type.IsValueType);

    /// <summary>A confined type without a rule would reach the method unchecked.</summary>
    private void AddConfinement(ITypeSymbol type, ImmutableArray<AttributeData> attributes, ImmutableArray<string>.Builder rules)
    {
        if (attributes.Any(a => SafeAttributes.Is(a) && SafeAttributes.Factory(a, type) is not null))
        {
            return;
        }

        if (McpSymbols.IsOwnType(type, McpSymbols.ConfinedUrl))
        {
            rules.Add("binding.ConfinedUrl(new global::McpSecureGen.SafeUrlAttribute())");
        }
        else
        {
            // A path names its root, and there is none by default.
            _hasFailed = true;
        }
    }

    private void AddFromType(
        ITypeSymbol type, string typeName, ImmutableArray<AttributeData> attributes, string displayName, bool isRoot, ImmutableArray<string>.Builder rules)
    {
        if (TypeShapes.IsReal(TypeShapes.WithoutNullable(type)))
        {
            AddNullable(type, plain => $"new {Rules}FiniteRule<{plain}>()", rules);
        }
        else if (TypeShapes.IsFreeForm(TypeShapes.WithoutNullable(type)))
        {
            if (!isRoot)
            {
                AddNullable(type, static plain => $"binding.FreeForm<{plain}>()", rules);
            }
        }
        else if (type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte })
        {
            if (!attributes.Any(BoundsLength))
            {
                rules.Add("binding.DefaultBytes()");
            }
        }
        else if (TypeShapes.ElementType(type) is { } held && TypeShapes.Pair(held) is { } pair)
        {
            var (key, value) = (Literals.TypeName(pair.Key), Literals.TypeName(pair.Value));
            AddCountBound($"global::System.Collections.Generic.KeyValuePair<{key}, {value}>");
            var member = Member(pair.Value, ElementAttributes(pair.Value, attributes), displayName);
            rules.Add(TypeShapes.IsString(pair.Key)
                ? $"new {Rules}DictionaryRule<{typeName}, {value}>({Member(Key, "binding.DefaultLength()", acceptsNull: false)}, {member})"
                : $"new {Rules}KeyedValuesRule<{typeName}, {key}, {value}>({member})");
        }
        else if (TypeShapes.ElementType(type) is { } element)
        {
            AddCountBound(Literals.TypeName(element));
            rules.Add(
                $"new {Rules}ElementsRule<{typeName}, {Literals.TypeName(element)}>({Member(element, ElementAttributes(element, attributes), displayName)})");
        }
        else if (_objects.NameOf(TypeShapes.WithoutNullable(type)) is { } name)
        {
            AddNullable(type, _ => $"objects.{name}", rules);
        }
        else if (TypeShapes.WithoutNullable(type) is INamedTypeSymbol { IsGenericType: true } wrapper && wrapper.TypeArguments.Any(HoldsRules))
        {
            // A pair, a tuple or a block of memory: the framework's types have no rule that would look inside.
            _hasFailed = true;
        }

        void AddCountBound(string elementName)
        {
            if (!attributes.Any(BoundsLength))
            {
                rules.Add($"binding.DefaultCount<{typeName}, {elementName}>()");
            }
        }
    }

    private static void AddNullable(ITypeSymbol type, Func<string, string> rule, ImmutableArray<string>.Builder rules)
    {
        var plain = Literals.TypeName(TypeShapes.WithoutNullable(type));
        rules.Add(type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? $"new {Rules}NullableRule<{plain}>({rule(plain)})" : rule(plain));
    }

    /// <summary>
    /// Text that holds JSON: what the other attributes say is about the value inside. A type that cannot be read leaves the primitive without a wrapper.
    /// </summary>
    private string JsonStringRule(AttributeData json, ImmutableArray<AttributeData> attributes, string displayName)
    {
        if (JsonStrings.TypeOf(json) is not { } type || Literals.Attribute(json) is not { } creation)
        {
            _hasFailed = true;
            return "null!";
        }

        // A type in an attribute has no annotations: what it holds is not null, as in annotated code.
        var (typeName, wasTypeOf) = (Literals.TypeName(type), _isTypeOf);
        _isTypeOf = true;
        var rules = RulesOf(type, [.. attributes.Where(static a => !JsonStrings.Is(a) && !McpSymbols.HasSensitive([a]))], displayName, isRoot: true);
        var isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var value = Member(typeName, string.Join(", ", rules), isNullable);
        _isTypeOf = wasTypeOf;
        var isSensitive = McpSymbols.HasSensitive(attributes);
        var conceals = isSensitive ? "call.Conceal(value);" : Concealment.Of(type, _objects.NameOf)?.Replace(Concealment.Value, "value").Replace("\n", " ");
        var rule = $"binding.JsonString<{typeName}>({creation}, {Reader(type)}, {value}" +
            (conceals is null ? ")" : $", static (call, value) => {{ {conceals} }})");
        return isSensitive ? $"binding.Concealed<string>({rule})" : rule;
    }

    private bool _isTypeOf;

    private const string Key = "string";

    private string Member(ITypeSymbol type, ImmutableArray<AttributeData> attributes, string displayName) =>
        Member(Literals.TypeName(type), string.Join(", ", RulesOf(type, attributes, displayName)), MayHoldNull(type));

    private bool MayHoldNull(ITypeSymbol type) => AcceptsNull(type, []) && !(_isTypeOf && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None });

    private static string Member(string typeName, string rules, bool acceptsNull) =>
        $"new {Rules}Member<{typeName}>({(acceptsNull ? "true" : "false")}{(rules.Length == 0 ? "" : ", " + rules)})";

    /// <summary>What an attribute on a collection says of its elements: the Safe attributes are about each text in it.</summary>
    private static ImmutableArray<AttributeData> ElementAttributes(ITypeSymbol element, ImmutableArray<AttributeData> attributes) =>
        TypeShapes.IsText(element) || TypeShapes.ElementType(element) is not null ? [.. attributes.Where(static a => SafeAttributes.Is(a) || JsonStrings.Is(a))] : [];

    private static bool BoundsLength(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "StringLengthAttribute" or "MaxLengthAttribute" or "LengthAttribute" or "AllowedValuesAttribute" } type &&
        McpSymbols.IsNamespace(type.ContainingNamespace, "System.ComponentModel.DataAnnotations");

    /// <summary>Whether an unchecked value of the type would let something by that its author has annotated.</summary>
    private bool HoldsRules(ITypeSymbol type) =>
        Concealment.Innermost(type) is var inner && (TypeShapes.IsConfined(inner) || _objects.NameOf(inner) is not null ||
            (inner is INamedTypeSymbol { IsGenericType: true } generic && generic.TypeArguments.Any(HoldsRules)));
}
