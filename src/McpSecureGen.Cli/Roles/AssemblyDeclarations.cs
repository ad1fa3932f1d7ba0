using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace McpSecureGen.Cli.Roles;

/// <summary>What a compiled server declares: roles of its own assembly, capabilities of its own and of the assemblies beside it that it refers to.</summary>
/// <remarks>Read as metadata. Nothing of the server is loaded or run: a tool that looks at a file must not execute it.</remarks>
internal sealed class AssemblyDeclarations
{
    private const string AttributeNamespace = "McpSecureGen";

    private readonly List<DefineRoleAttribute> _roles = [];
    private readonly List<DefineCapabilityAttribute> _capabilities = [];

    private AssemblyDeclarations()
    {
    }

    public static AssemblyDeclarations None { get; } = new();

    public IReadOnlyList<DefineRoleAttribute> Roles => _roles;

    public IReadOnlyList<DefineCapabilityAttribute> Capabilities => _capabilities;

    /// <exception cref="CliException">The file is not there or not a .NET assembly.</exception>
    public static AssemblyDeclarations Read(string path)
    {
        if (!File.Exists(path))
        {
            throw CliException.File($"{path} is not there. Give the server's compiled assembly, for example bin/Release/net10.0/Server.dll.");
        }

        var declarations = new AssemblyDeclarations();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>([Path.GetFullPath(path)]);
        while (open.TryDequeue(out var next))
        {
            if (seen.Add(next))
            {
                declarations.Add(next, isHost: seen.Count == 1, open);
            }
        }

        return declarations;
    }

    private void Add(string path, bool isHost, Queue<string> open)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata || file.GetMetadataReader() is not { IsAssembly: true } metadata)
            {
                throw NotAnAssembly(path);
            }

            foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
            {
                Add(metadata, metadata.GetCustomAttribute(handle), isHost);
            }

            var folder = Path.GetDirectoryName(path)!;
            foreach (var reference in metadata.AssemblyReferences)
            {
                var beside = Path.Combine(folder, metadata.GetString(metadata.GetAssemblyReference(reference).Name) + ".dll");
                if (File.Exists(beside))
                {
                    open.Enqueue(beside);
                }
            }
        }
        catch (BadImageFormatException)
        {
            throw NotAnAssembly(path);
        }
    }

    private void Add(MetadataReader metadata, CustomAttribute attribute, bool isHost)
    {
        var name = NameOf(metadata, attribute);
        if (name == nameof(DefineRoleAttribute) && isHost)
        {
            var value = attribute.DecodeValue(AttributeTypeNames.Instance);
            _roles.Add(new(Text(value.FixedArguments[0].Value), Texts(value.FixedArguments[1].Value)) { Namespaces = Texts(Named(value, "Namespaces")) });
        }
        else if (name == nameof(DefineCapabilityAttribute))
        {
            var value = attribute.DecodeValue(AttributeTypeNames.Instance);
            _capabilities.Add(new(Text(value.FixedArguments[0].Value)) { Implies = Texts(Named(value, "Implies")) });
        }
    }

    /// <summary>The attribute's name when it is one of this project's; a type of the same name elsewhere is a stranger.</summary>
    private static string? NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return null;
        }

        var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return null;
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Namespace, AttributeNamespace)
            && type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && metadata.StringComparer.Equals(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name, AttributeNamespace)
                ? metadata.GetString(type.Name)
                : null;
    }

    private static object? Named(CustomAttributeValue<string> value, string name) =>
        value.NamedArguments.FirstOrDefault(argument => argument.Name == name).Value;

    private static string Text(object? value) => value as string ?? "";

    private static string[] Texts(object? value) => value is IEnumerable<CustomAttributeTypedArgument<string>> entries
        ? [.. entries.Select(entry => Text(entry.Value))]
        : [];

    private static CliException NotAnAssembly(string path) =>
        CliException.File($"{path} is not a .NET assembly. Give the server's .dll, not the native program beside it.");
}
