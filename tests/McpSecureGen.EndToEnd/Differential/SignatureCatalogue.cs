using System.Reflection;
using McpSecureGen.EndToEnd.Differential.Signatures;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential;

/// <summary>All signatures under comparison, found as the SDK finds them.</summary>
internal static class SignatureCatalogue
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Not an array: overload resolution would take that for the target object of <c>With...(target)</c>, which registers nothing.</summary>
    public static IEnumerable<Type> ToolTypes { get; } =
    [
        typeof(ScalarTools), typeof(DefaultTools), typeof(EnumTools), typeof(CollectionTools), typeof(ObjectTools), typeof(JsonTools),
        typeof(PrimaryTools), typeof(DerivedTools), typeof(ClosedTools), typeof(Outer.NestedTools), typeof(SplitTools), typeof(NameTools),
        typeof(InjectedTools), typeof(ValidatedTools), typeof(ResultTools), typeof(StructuredTools),
    ];

    /// <summary>Not an array: overload resolution would take that for the target object of <c>With...(target)</c>, which registers nothing.</summary>
    public static IEnumerable<Type> PromptTypes { get; } = [typeof(PromptSignatures)];

    /// <summary>Not an array: overload resolution would take that for the target object of <c>With...(target)</c>, which registers nothing.</summary>
    public static IEnumerable<Type> ResourceTypes { get; } = [typeof(ResourceSignatures)];

    public static MethodInfo[] Tools { get; } = [.. Methods<McpServerToolAttribute>(ToolTypes)];

    public static MethodInfo[] Prompts { get; } = [.. Methods<McpServerPromptAttribute>(PromptTypes)];

    public static MethodInfo[] Resources { get; } = [.. Methods<McpServerResourceAttribute>(ResourceTypes)];

    public static TheoryData<string> ToolRows => Rows(Tools);

    public static TheoryData<string> PromptRows => Rows(Prompts);

    public static TheoryData<string> ResourceRows => Rows(Resources);

    public static TheoryData<string, int> RefusedToolRows => RefusedRows(Tools);

    public static TheoryData<string, int> RefusedPromptRows => RefusedRows(Prompts);

    public static TheoryData<string, int> RefusedResourceRows => RefusedRows(Resources);

    public static MethodInfo Find(string row) => Tools.Concat(Prompts).Concat(Resources).Single(method => Row(method) == row);

    public static string[] Samples(MethodInfo method) => [.. method.GetCustomAttributes<SampleAttribute>().Select(static s => s.Arguments)];

    private static TheoryData<string> Rows(MethodInfo[] methods) => [.. methods.Select(Row)];

    private static TheoryData<string, int> RefusedRows(MethodInfo[] methods)
    {
        var rows = new TheoryData<string, int>();
        foreach (var method in methods)
        {
            for (var i = 0; i < method.GetCustomAttributes<RefusedAttribute>().Count(); i++)
            {
                rows.Add(Row(method), i);
            }
        }

        return rows;
    }

    private static string Row(MethodInfo method) => $"{method.ReflectedType!.Name}.{method.Name}";

    private static IEnumerable<MethodInfo> Methods<TAttribute>(IEnumerable<Type> types)
        where TAttribute : Attribute =>
        types.SelectMany(static type => type.GetMethods(Any)).Where(static method => method.GetCustomAttribute<TAttribute>() is not null);
}
