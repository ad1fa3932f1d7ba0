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
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
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
