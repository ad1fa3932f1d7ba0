using System.Reflection;
using System.Runtime.CompilerServices;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Invocation;
using Microsoft.CodeAnalysis.CSharp;
using ModelContextProtocol.Server;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>The guard asks the table with a key made from reflection; the generator wrote the table with keys made by the compiler.</summary>
public sealed class KeyTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    [Theory]
    [MemberData(nameof(Shapes.All), MemberType = typeof(Shapes))]
    public void Keys_of_the_table_are_those_of_reflection(Shape shape)
    {
        var assembly = Load(shape);
        var table = assembly.GetCustomAttribute<SecuredPrimitivesAttribute>();

        var runtime = assembly.GetTypes()
            .SelectMany(type => type.GetMethods(Everything))
            .Where(method => method.GetCustomAttribute<McpServerToolAttribute>() is not null)
            .Select(PrimitiveKey.Of)
            .ToHashSet(StringComparer.Ordinal);

        if (shape.Wrappers > 0)
        {
            Assert.NotNull(table);
            Assert.NotEmpty(table.Tools);
            Assert.Empty(table.Tools.Except(runtime, StringComparer.Ordinal));
        }
        else
        {
            Assert.Empty(table?.Tools ?? []);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes.All), MemberType = typeof(Shapes))]
    public void Accessors_find_what_they_name(Shape shape)
    {
        foreach (var type in Load(shape).GetTypes().Where(type => type.Namespace == "McpSecureGen.Generated" || type.DeclaringType?.Namespace == "McpSecureGen.Generated"))
        {
            foreach (var method in type.GetMethods(Everything).Where(method => method.GetCustomAttribute<UnsafeAccessorAttribute>() is not null))
            {
                // Throws when the member does not exist or has another signature.
                RuntimeHelpers.PrepareMethod(method.MethodHandle, type.IsGenericTypeDefinition ? [.. ArgumentsFor(type).Select(static a => a.TypeHandle)] : null);
            }
        }
    }

    /// <summary>Type arguments that meet the constraints of a generic accessor class.</summary>
    private static Type[] ArgumentsFor(Type definition)
    {
        Type[] candidates = [typeof(string), typeof(int), typeof(DayOfWeek), typeof(List<string>), .. definition.Assembly.GetTypes().Where(static t => t.Name == "Kid")];
        var count = definition.GetGenericArguments().Length;
        for (var i = 0; i < Math.Pow(candidates.Length, count); i++)
        {
            var arguments = Enumerable.Range(0, count).Select(at => candidates[i / (int)Math.Pow(candidates.Length, at) % candidates.Length]).ToArray();
            try
            {
                definition.MakeGenericType(arguments);
                return arguments;
            }
            catch (ArgumentException)
            {
                // Another combination.
            }
        }

        throw new InvalidOperationException($"No type arguments for {definition}.");
    }

    private static Assembly Load(Shape shape)
    {
        var complete = GeneratorRun.Complete(GeneratorRun.Compilation(shape.Source).WithAssemblyName("Sample" + Guid.NewGuid().ToString("n")));
        using var image = new MemoryStream();
        var result = complete.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
