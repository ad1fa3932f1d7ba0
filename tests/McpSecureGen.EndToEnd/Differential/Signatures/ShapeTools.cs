using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

public sealed class Clerk
{
    public string Name => "clerk";
}

/// <summary>Methods of every kind a method can be.</summary>
[RequiresCapability("read:files")]
public sealed class PrimaryTools(Clerk clerk)
{
    [McpServerTool, Sample("""{"value":"a"}""")]
    public string PrimaryInstance(string value) => Effect.Of([clerk.Name, value]);

    [McpServerTool, Sample("""{"value":"a"}""")]
    private string PrivateInstance(string value) => Effect.Of([clerk.Name, value]);

    [McpServerTool, Sample("""{"value":"a"}""")]
    private static string PrivateStatic(string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"a"}""")]
    internal async Task<string> InternalAsync(string value)
    {
        await Task.Yield();
        return Effect.Of([value]);
    }
}

public abstract class BaseTools
{
    [McpServerTool, RequiresCapability("read:files"), Sample("""{"value":"a"}""")]
    public string Inherited(string value) => Effect.Of([GetType().Name, value]);

    [McpServerTool, RequiresCapability("read:files"), Sample("""{"value":"a"}"""), Description("Overridden.")]
    public virtual string Overridden(string value) => Effect.Of(["base", value]);
}

public sealed class DerivedTools : BaseTools
{
    public override string Overridden(string value) => Effect.Of(["derived", value]);
}

public abstract class GenericBaseTools<T>
{
    [McpServerTool, RequiresCapability("read:files"), Sample("""{"value":{"name":"n","size":1}}"""), Refused("""{"value":{"name":null,"size":1}}""", "value", "Type")]
    public string FromGenericBase(T value) => Effect.Of([typeof(T).Name, value]);
}

public sealed class ClosedTools : GenericBaseTools<Item>;

public static class Outer
{
    [RequiresCapability("read:files")]
    public sealed class NestedTools
    {
        [McpServerTool, Sample("""{"value":1}""")]
        public string InNestedType(int value) => Effect.Of([value]);
    }
}

[RequiresCapability("read:files")]
internal sealed partial class SplitTools
{
    [McpServerTool, Sample("""{"value":1}""")]
    public string FirstFile(int value) => Effect.Of([value, Shared]);
}

/// <summary>Names that need care.</summary>
[RequiresCapability("read:files")]
internal static class NameTools
{
    [McpServerTool, Sample("""{"event":"a","class":1,"await":true}"""), Refused("""{"event":"a","class":"1","await":true}""", "class", "Type")]
    public static string @namespace(string @event, int @class, bool @await) => Effect.Of([@event, @class, @await]);

    [McpServerTool, Sample("""{"größe":1,"名前":"n","_x":2,"x":3}"""), Refused("""{"größe":"1","名前":"n","_x":2,"x":3}""", "größe", "Type")]
    public static string Überschrift(int größe, string 名前, int _x, int x) => Effect.Of([größe, 名前, _x, x]);

    [McpServerTool(Name = "an.own-name_1"), Sample("{}")]
    public static string OwnName() => Effect.Of([]);

    [McpServerTool, Sample("""{"call":1,"arguments":2,"binding":3,"cancellationToken":"c","objects":5,"value":{"name":"n","size":1}}""")]
    public static string GeneratedNames(int call, int arguments, int binding, string cancellationToken, int objects, Item value) =>
        Effect.Of([call, arguments, binding, cancellationToken, objects, value]);

    [McpServerTool, Sample("""{"key":1,"Key":2,"Policy":3,"gate":4,"Arguments":5}""")]
    public static string MemberNames(int key, int Key, int Policy, int gate, int Arguments) => Effect.Of([key, Key, Policy, gate, Arguments]);

    [McpServerTool, Sample("{}")]
    public static Task<string> AsyncAsync() => Task.FromResult(Effect.Of([]));

    [McpServerTool, Sample("""
        {"p0":0,"p1":1,"p2":2,"p3":3,"p4":4,"p5":5,"p6":6,"p7":7,"p8":8,"p9":9,"p10":10,"p11":11,"p12":12,"p13":13,"p14":14,"p15":15,"p16":16,
        "p17":17,"p18":18,"p19":19,"p20":20,"p21":21,"p22":22,"p23":23,"p24":24,"p25":25,"p26":26,"p27":27,"p28":28,"p29":29,"p30":30,"p31":31,
        "p32":32,"p33":33,"p34":34,"p35":35,"p36":36,"p37":37,"p38":38,"p39":39,"p40":40,"p41":41,"p42":42,"p43":43,"p44":44,"p45":45,"p46":46,
        "p47":47,"p48":48,"p49":49,"p50":50,"p51":51,"p52":52,"p53":53,"p54":54,"p55":55,"p56":56,"p57":57,"p58":58,"p59":59,"p60":60,"p61":61,
        "p62":62,"p63":63,"p64":64,"p65":65,"p66":66,"p67":67}
        """)]
    public static string SixtyEight(
        int p0, int p1, int p2, int p3, int p4, int p5, int p6, int p7, int p8, int p9, int p10, int p11, int p12, int p13, int p14, int p15, int p16,
        int p17, int p18, int p19, int p20, int p21, int p22, int p23, int p24, int p25, int p26, int p27, int p28, int p29, int p30, int p31,
        int p32, int p33, int p34, int p35, int p36, int p37, int p38, int p39, int p40, int p41, int p42, int p43, int p44, int p45, int p46,
        int p47, int p48, int p49, int p50, int p51, int p52, int p53, int p54, int p55, int p56, int p57, int p58, int p59, int p60, int p61,
        int p62, int p63, int p64, int p65, int p66, int p67) =>
        Effect.Of(
        [
            p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29,
            p30, p31, p32, p33, p34, p35, p36, p37, p38, p39, p40, p41, p42, p43, p44, p45, p46, p47, p48, p49, p50, p51, p52, p53, p54, p55, p56, p57,
            p58, p59, p60, p61, p62, p63, p64, p65, p66, p67,
        ]);
}
