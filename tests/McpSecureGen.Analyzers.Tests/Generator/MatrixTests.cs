using System.Reflection;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Every shape compiles with what is generated for it, or has no wrapper and is refused at run time. Never broken code.</summary>
public sealed class MatrixTests
{
    [Theory]
    [MemberData(nameof(Shapes.All), MemberType = typeof(Shapes))]
    public void Any_shape_compiles_with_its_wrappers(Shape shape)
    {
        var complete = GeneratorRun.Complete(GeneratorRun.Compilation(shape.Source));

        Assert.Equal(shape.Wrappers, complete.SyntaxTrees.Count(IsWrapper));
    }

    [Fact]
    public void All_shapes_compile_in_one_assembly()
    {
        var files = Shapes.All.Select(shape => shape.Data)
            .Where(shape => !shape.Source.Contains("namespace", StringComparison.Ordinal) && !shape.Source.Contains("using System.Text", StringComparison.Ordinal))
            .Select((shape, i) => ($"File{i}.cs", $"namespace Shape{i}\n{{\n{shape.Source}\n}}"))
            .ToArray();

        GeneratorRun.Complete(GeneratorRun.Compilation(files));
    }

    [Fact]
    public void Part_of_a_class_in_another_file_is_seen_once()
    {
        var complete = GeneratorRun.Complete(GeneratorRun.Compilation(
            ("A1.cs", "public partial class A : B { [McpServerTool, RequiresCapability(\"read:files\")] public string M() => \"\"; }"),
            ("A2.cs", "public partial class A : B { [McpServerTool, RequiresCapability(\"read:files\")] public string N() => \"\"; }"),
            ("B.cs", "public abstract partial class B { [McpServerTool, RequiresCapability(\"read:files\")] public virtual string O() => \"\"; }"),
            ("A3.cs", "public partial class A { public override string O() => \"\"; }")));

        Assert.Equal(4, complete.SyntaxTrees.Count(IsWrapper));
    }

    [Fact]
    public void Partial_method_is_completed_by_the_sdk_and_wrapped_by_us()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "SdkGenerator", "ModelContextProtocol.Analyzers.dll");
        var sdk = new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp);
        Assert.NotEmpty(sdk);

        var complete = GeneratorRun.Complete(
            GeneratorRun.Compilation("""
                /// <summary>Files.</summary>
                public partial class A
                {
                    /// <summary>Reads.</summary>
                    /// <param name="path">The path.</param>
                    [McpServerTool, RequiresCapability("read:files")]
                    public partial string Read(string path) => path;
                }
                """),
            [.. sdk]);

        Assert.Single(complete.SyntaxTrees, IsWrapper);
    }

    [Fact]
    public void Friend_assembly_with_generated_code_of_its_own_compiles()
    {
        const string source = "namespace N { public class A { [McpServerTool, RequiresCapability(\"read:files\")] public virtual string M(string a) => a; } }";
        var library = GeneratorRun.Complete(GeneratorRun
            .Compilation(("Source.cs", source), ("Friend.cs", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Sample\")]"))
            .WithAssemblyName("Library"));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        var consumer = GeneratorRun
            .Compilation(source.Replace("public class A", "public class A : Object", StringComparison.Ordinal) + " public class C : N2.B { public override string M(string a) => a; }" +
                " namespace N2 { public class B { [McpServerTool, RequiresCapability(\"read:files\")] public virtual string M(string a) => a; } }")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        GeneratorRun.Complete(consumer);
    }

    [Fact]
    public void Internal_attribute_of_a_base_in_another_assembly_gets_no_wrapper()
    {
        var library = References.Compile("Library", """
            using System.ComponentModel.DataAnnotations; using ModelContextProtocol.Server; using McpSecureGen;
            internal sealed class HiddenAttribute : ValidationAttribute;
            public abstract class B
            {
                [McpServerTool, RequiresCapability("read:files")] public string M([Hidden] string a) => a;
                [McpServerTool, RequiresCapability("read:files")] public string N(string a) => a;
            }
            """, GeneratorRun.AllReferences);

        var complete = GeneratorRun.Complete(GeneratorRun.Compilation("public class A : B;").AddReferences(library));

        Assert.Single(complete.SyntaxTrees, IsWrapper);
    }

    [Fact]
    public void Interceptors_compile_for_every_call_they_replace()
    {
        var complete = GeneratorRun.Complete(GeneratorRun.Compilation("""
            using Microsoft.Extensions.DependencyInjection;
            public class A { [McpServerTool, McpServerPrompt, McpServerResource, RequiresCapability("read:files")] public string M() => ""; private class P { } 
                public static void Main2(IServiceCollection services, ModelContextProtocol.Protocol.ITransport transport, IServiceCollection? maybe)
                {
                    services.AddMcpServer().WithTools<A>().WithTools(new A()).WithTools([typeof(A)]).WithToolsFromAssembly().WithToolsFromAssembly(typeof(A).Assembly);
                    services.AddMcpServer(o => { }).WithPrompts<A>().WithPrompts(new A()).WithPrompts(new List<Type>()).WithPromptsFromAssembly();
                    McpServerServiceCollectionExtensions.AddMcpServer(services).WithResources<A>().WithResources(new A()).WithResources(new[] { typeof(A) }).WithResourcesFromAssembly();
                    McpServerBuilderExtensions.WithTools<P>(services.AddMcpServer());
                    maybe?.AddMcpServer()?.WithTools<P>();
                    McpServer.Create(transport, new McpServerOptions());
                    McpServerTool.Create((string a) => a); McpServerTool.Create(typeof(A).GetMethod("M")!, new A()); McpServerTool.Create(typeof(A).GetMethod("M")!, c => new A());
                    McpServerPrompt.Create((string a) => a); McpServerPrompt.Create(typeof(A).GetMethod("M")!, new A()); McpServerPrompt.Create(typeof(A).GetMethod("M")!, c => new A());
                    McpServerResource.Create((string a) => a); McpServerResource.Create(typeof(A).GetMethod("M")!, new A()); McpServerResource.Create(typeof(A).GetMethod("M")!, c => new A());
                    services.AddMcpServer().WithTools(new List<McpServerTool>());
                }
            }
            """));

        Assert.Contains(complete.SyntaxTrees, tree => tree.FilePath.EndsWith("McpSecureGen.Interceptors.g.cs", StringComparison.Ordinal));
    }

    internal static bool IsWrapper(SyntaxTree tree) =>
        Path.GetFileName(tree.FilePath) is var name && name.StartsWith("McpSecureGen.", StringComparison.Ordinal) &&
        name is not ("McpSecureGen.SecuredPrimitives.g.cs" or "McpSecureGen.Interceptors.g.cs");

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
