using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The complex types of one primitive: which members a client fills, and what must hold for each.</summary>
internal sealed class ObjectParser(CancellationToken cancellationToken)
{
    private readonly Dictionary<ITypeSymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly List<INamedTypeSymbol> _order = [];

    public bool HasFailed { get; private set; }

    /// <summary>The name of the type's rule class; noting the type when it is seen for the first time.</summary>
    public string? NameOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !IsObject(named))
        {
            return null;
        }

        if (!_names.TryGetValue(named, out var name))
        {
            name = Identifiers.Plain(named.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)) + "Rule";
            for (var n = 2; _names.ContainsValue(name); n++)
            {
                name = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') + n;
            }

            _names.Add(named, name);
            _order.Add(named);
        }

        return name;
    }

    /// <summary>All complex types, those that the members of others bring in included.</summary>
    public EquatableArray<ObjectModel> Parse(ValueParser values)
    {
        var models = ImmutableArray.CreateBuilder<ObjectModel>();
        for (var i = 0; i < _order.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            models.Add(Parse(_order[i], values));
        }

        return models.ToImmutable();
    }

    public static bool HasSensitive(ITypeSymbol type) => HasSensitive(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>
    /// A type with members of its own that a client fills. The framework's types have none that an author could annotate.
    /// </summary>
    public static bool IsObject(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface &&
        type.SpecialType == SpecialType.None &&
        TypeShapes.ElementType(type) is null &&
        !TypeShapes.IsConfined(type) &&
        !IsFramework(type);

    /// <summary>The public properties, inherited ones included, and the fields the serializer is told to include.</summary>
    public static IEnumerable<ClientMember> MembersOf(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in LevelsOf(type))
        {
            foreach (var member in level.GetMembers())
            {
                var declared = member switch
                {
                    IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false } property => property.Type,
                    IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null } property when type.IsRecord && property.Name != "EqualityContract" => property.Type,
                    IFieldSymbol { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false } field => field.Type,
                    _ => null,
                };

                if (declared is null || member.Name.Length == 0 || IsIgnored(member) || !seen.Add(member.Name) ||
                    (member.DeclaredAccessibility != Accessibility.Public || member is IFieldSymbol) && !Has(member, "JsonIncludeAttribute"))
                {
                    continue;
                }

                yield return new ClientMember(member, declared, AttributesOf(member, type));
            }
        }
    }

    /// <summary>The type and those it has its members from.</summary>
    private static IEnumerable<INamedTypeSymbol> LevelsOf(INamedTypeSymbol type)
    {
        for (var level = type; level is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType }; level = level.BaseType)
        {
            yield return level;
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var level in type.AllInterfaces)
            {
                yield return level;
            }
        }
    }

    /// <summary>A property that generated code can read, by its name.</summary>
    public static IPropertySymbol? PropertyOf(INamedTypeSymbol type, string? name)
    {
        for (var level = name is null ? null : type; level is not null; level = level.BaseType)
        {
            foreach (var property in level.GetMembers(name!).OfType<IPropertySymbol>())
            {
                return !property.IsStatic && !property.IsIndexer && IsReadable(property) ? property : null;
            }
        }

        return null;
    }

    /// <summary>Whether generated code can read the member. What it cannot read it cannot check, a property that can only be set among them.</summary>
    private static bool IsReadable(ISymbol member) =>
        IsVisible(member) && (member is not IPropertySymbol property || (property.GetMethod is { } getter && IsVisible(getter)));

    private static bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility == Accessibility.Public ||
        (member.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && SourceLocations.IsInSource(member));

    private ObjectModel Parse(INamedTypeSymbol type, ValueParser values)
    {
        if (!TypeShapes.IsNameable(type))
        {
            HasFailed = true;
        }

        var typeName = Literals.TypeName(type);
        var members = ImmutableArray.CreateBuilder<MemberModel>();
        foreach (var member in MembersOf(type))
        {
            if (!TypeShapes.IsNameable(member.Type) || !TypeShapes.CanHold(member.Type) || !IsReadable(member.Symbol))
            {
                HasFailed = true;
                continue;
            }

            var jsonName = JsonNameOf(member.Symbol);
            var rules = values.RulesOf(member.Type, member.Attributes, jsonName, member.Symbol.Name);
            var acceptsNull = ValueParser.AcceptsNull(member.Type, member.Attributes);
            var isSensitive = McpSymbols.HasSensitive(member.Attributes);
            if (rules.IsEmpty && acceptsNull && !isSensitive)
            {
                continue;
            }

            var replaces = values.Replaces(member.Type, member.Attributes);
            var (replacement, accessor) = replaces ? MemberReplacement.Of(member.Symbol, type, member.Type) : (null, null);

            // What was checked could not be put in the place of what the client sent.
            HasFailed |= replaces && replacement is null && IsFilled(member.Symbol, type);
            members.Add(new MemberModel(
                member.Symbol.Name,
                jsonName,
                Literals.TypeName(member.Type),
                acceptsNull,
                rules,
                replacement,
                accessor,
                member.Type.IsValueType,
                isSensitive,
                Concealment.Of(member.Type, NameOf)));
        }

        var typeAttributes = InheritedAttributes.OfType(type);
        var own = typeAttributes
            .Where(static a => ValidationAttributes.IsValidationAttribute(a.AttributeClass))
            .Select(a => Literals.Attribute(a) is { } creation ? $"binding.Attribute<{typeName}>({creation}, {Literals.Text(type.Name)})" : Fail())
            .ToList();
        if (type.AllInterfaces.Any(static i => i.Name == "IValidatableObject" && McpSymbols.IsNamespace(i.ContainingNamespace, "System.ComponentModel.DataAnnotations")))
        {
            own.Add($"new global::McpSecureGen.Validation.Rules.ValidatableRule<{typeName}>()");
        }

        foreach (var member in MembersOf(type))
        {
            own.AddRange(Comparisons.Of(member, type, JsonNameOf(member.Symbol)).Select(rule => rule ?? Fail()));
        }

        return new ObjectModel(
            NameOf(type)!,
            typeName,
            type.IsValueType,
            MembersOf(type).Any(static member => member.Attributes.Any(ValidationAttributes.SeesContext)),
            MembersOf(type).Any(static member => Has(member.Symbol, "JsonExtensionDataAttribute")),
            members.ToImmutable(),
            own.ToEquatableArray(),
            DerivedForms.MostDerivedFirst(type)
                .Select(derived => new DerivedModel(
                    Literals.TypeName(derived), DerivedForms.IsDerived(derived, type) ? NameOf(derived) ?? Fail() : Fail(), DerivedForms.Discriminator(type, derived)))
                .ToEquatableArray(),
            HasSensitive(type));
    }

    private string Fail()
    {
        HasFailed = true;
        return "null!";
    }

    private static bool HasSensitive(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        type = Concealment.Innermost(type);
        return type is INamedTypeSymbol named && IsObject(named) && seen.Add(named) && (
            MembersOf(named).Any(member =>
                McpSymbols.HasSensitive(member.Attributes) || HasSensitive(member.Type, seen)) ||
            DerivedForms.Of(named).Any(derived => HasSensitive(derived, seen)));
    }

    /// <summary>
    /// What is said of a member, wherever it is said: a positional record's annotations stand on the parameter of the constructor that declares it, which
    /// may be a base record's, and an interface states them for those who implement it.
    /// </summary>
    public static ImmutableArray<AttributeData> AttributesOf(ISymbol member, INamedTypeSymbol type)
    {
        var attributes = InheritedAttributes.Of(member);
        for (var level = type; level is not null; level = SymbolEqualityComparer.Default.Equals(level, member.ContainingType) ? null : level.BaseType)
        {
            foreach (var constructor in level.InstanceConstructors)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))
                    {
                        attributes = With(attributes, parameter.GetAttributes());
                    }
                }
            }
        }

        if (member is IPropertySymbol && type.TypeKind != TypeKind.Interface)
        {
            foreach (var declared in type.AllInterfaces.SelectMany(static contract => contract.GetMembers().OfType<IPropertySymbol>()))
            {
                if (!declared.GetAttributes().IsEmpty && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), member))
                {
                    attributes = With(attributes, declared.GetAttributes());
                }
            }
        }

        return attributes;
    }

    /// <summary>What is nearer to the member counts before what is said of it elsewhere.</summary>
    private static ImmutableArray<AttributeData> With(ImmutableArray<AttributeData> attributes, ImmutableArray<AttributeData> others) =>
        others.IsEmpty ? attributes : attributes.AddRange(others.Where(other => !attributes.Any(nearer => SymbolEqualityComparer.Default.Equals(nearer.AttributeClass, other.AttributeClass))));

    /// <summary>Whether the client's value gets into a member that has no setter.</summary>
    private static bool IsFilled(ISymbol member, INamedTypeSymbol type) =>
        member is IPropertySymbol { SetMethod: not null } ||
        (type.TypeKind == TypeKind.Interface && !DerivedForms.Of(type).Any()) ||
        type.InstanceConstructors.Any(c => c.Parameters.Any(p => string.Equals(p.Name, member.Name, StringComparison.OrdinalIgnoreCase)));

    private static string JsonNameOf(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonPropertyNameAttribute" } && CapabilityDeclarations.StringArgument(attribute) is { } name)
            {
                return name;
            }
        }

        return char.ToLowerInvariant(member.Name[0]) + member.Name.Substring(1);
    }

    private static bool IsIgnored(ISymbol member) => member.GetAttributes().Any(static a =>
        a.AttributeClass is { Name: "JsonIgnoreAttribute" } && a.NamedArguments.All(static n => n.Key != "Condition" || n.Value.Value is 1));

    private static bool Has(ISymbol member, string attribute) => member.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);

    /// <summary>By its namespace, unless this library is used where it is declared: an author's own namespace may begin like the framework's.</summary>
    private static bool IsFramework(INamedTypeSymbol type)
    {
        var symbol = type.ContainingNamespace;
        while (symbol is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            symbol = symbol.ContainingNamespace;
        }

        return symbol is { IsGlobalNamespace: false, Name: "System" or "Microsoft" or "ModelContextProtocol" } && (type.IsTupleType || !SourceLocations.IsInSource(type)) &&
            type.ContainingModule?.ReferencedAssemblies.Any(static a => string.Equals(a.Name, McpSymbols.OwnAssembly, StringComparison.Ordinal)) is not true;
    }
}

/// <summary>A member that a client fills.</summary>
internal readonly record struct ClientMember(ISymbol Symbol, ITypeSymbol Type, ImmutableArray<AttributeData> Attributes);
