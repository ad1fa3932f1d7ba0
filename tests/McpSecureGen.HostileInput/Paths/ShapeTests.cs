using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpSecureGen.HostileInput.Paths;

/// <summary>No type shape lets a path by unchecked, or in another spelling than the one that was checked.</summary>
public sealed class ShapeTests
{
    public static TheoryData<string> Tools =>
    [
        "generic_positional", "generic_init", "generic_get_only", "generic_struct", "generic_confined", "generic_argument", "in_generic_class", "derived_record",
        "nullable_struct", "nullable_struct_argument", "nullable_struct_list", "number_keys", "number_keys_confined", "interface",
        "odd_equality_array", "odd_equality_member", "odd_equality_dictionary", "vendor_namespace", "property_target", "private_set", "required",
        "overridden", "array_of_arrays", "mixed_collections", "packed",
    ];

    [Theory, MemberData(nameof(Tools))]
    public async Task Given_a_path_in_any_shape_When_good_Then_the_method_gets_its_canonical_form_and_When_hostile_Then_it_gets_nothing(string shape)
    {
        await using var server = await TestServer.StartAsync(static builder => builder.WithTools<ShapeTools>());
        await File.WriteAllTextAsync(Path.Combine(server.Security.Root, "a.txt"), "inside");
        var result = await server.CallAsync("shape_" + shape, Arguments(shape, "a.txt"), Issuer.Token("read:files"));
        var text = TestServer.Text(result);
        Assert.False(result.IsError is true, text);
        Assert.Equal(shape.EndsWith("confined", StringComparison.Ordinal) ? "inside" : Path.Combine(server.Security.Root, "a.txt"), text);

        foreach (var hostile in (string[])["../outside.txt", "/etc/passwd"])
        {
            result = await server.CallAsync("shape_" + shape, Arguments(shape, hostile), Issuer.Token("read:files"));
            Assert.True(result.IsError, hostile);
            Assert.Contains("Invalid argument", TestServer.Text(result), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Given_options_that_include_fields_When_the_type_does_not_name_one_Then_it_is_unknown_and_one_that_it_names_is_checked()
    {
        var options = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { IncludeFields = true };
        await using var server = await TestServer.StartAsync(builder => builder.WithTools<FieldTools>(options));
        await File.WriteAllTextAsync(Path.Combine(server.Security.Root, "a.txt"), "inside");
        var result = await server.CallAsync("shape_field", """{"value":{"declared":{"path":"a.txt"}}}""", Issuer.Token("read:files"));
        Assert.Equal(Path.Combine(server.Security.Root, "a.txt"), TestServer.Text(result));
        foreach (var refused in (string[])["""{"declared":{"path":"../a.txt"}}""", """{"undeclared":{"path":"../a.txt"}}"""])
        {
            Assert.True((await server.CallAsync("shape_field", $$"""{"value":{{refused}}}""", Issuer.Token("read:files"))).IsError, refused);
        }
    }

    private static string Arguments(string shape, string path)
    {
        var value = $$"""{"path":"{{path}}"}""";
        return """{"value":""" + shape switch
        {
            "nullable_struct" or "odd_equality_member" => $$"""{"item":{{value}}}""",
            "nullable_struct_list" or "odd_equality_array" => $"[{value}]",
            "number_keys" => $$"""{"1":{{value}}}""",
            "number_keys_confined" => $$"""{"1":"{{path}}"}""",
            "odd_equality_dictionary" => $$"""{"a":{{value}}}""",
            "interface" => $$"""{"$type":"p","path":"{{path}}"}""",
            "array_of_arrays" => $"""[["{path}"]]""",
            "mixed_collections" => $$"""[{"a":["{{path}}"]}]""",
            "packed" => $$"""  "[{\"path\":\"{{path}}\"}]"  """,
            _ => value,
        } + "}";
    }
}
