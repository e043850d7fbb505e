using System.Text;
using Lightport.Exchanges;
using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Tests.Exchanges;

public sealed class ParameterRulesApplierTests
{
    [Theory]
    [InlineData("""{"a":{"rename":"b"}}""", """{"a":1}""", """{"b":1}""", "")]
    [InlineData("""{"a":{"rename":"b"}}""", """{"a":1,"b":2}""", """{"b":2}""", "drop a")]
    [InlineData("""{"a":{"rename":"b"}}""", """{"a":1,"b":null}""", """{"b":1}""", "")]
    [InlineData("""{"a":{"rename":"b"}}""", """{"a":null,"b":2}""", """{"b":2}""", "")]
    [InlineData("""{"a":{"rename":"b"}}""", """{"c":1}""", """{"c":1}""", "")]
    [InlineData("""{"a":{"drop":true}}""", """{"a":[1],"c":1}""", """{"c":1}""", "drop a")]
    [InlineData("""{"a":{"drop":true}}""", """{"a":null}""", "{}", "")]
    [InlineData("""{"a":{"drop":{"except":[false]}}}""", """{"a":false}""", "{}", "")]
    [InlineData("""{"n":{"reject":true}}""", """{"n":1}""", "{}", "reject n")]
    [InlineData("""{"n":{"reject":{"except":[1]}}}""", """{"n":1.0}""", "{}", "")]
    [InlineData("""{"n":{"reject":{"except":[1]}}}""", """{"n":2}""", "{}", "reject n")]
    [InlineData("""{"a":{"drop":{"unless":{"b":["x"]}}}}""", """{"a":1,"b":"x"}""", """{"a":1,"b":"x"}""", "")]
    [InlineData("""{"a":{"drop":{"unless":{"b":["x"]}}}}""", """{"a":1}""", "{}", "drop a")]
    [InlineData("""{"a":{"drop":{"unless":{"b":["x",null]}}}}""", """{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":{"drop":{"unless":{"b":[null]}}}}""", """{"a":1,"b":2}""", """{"b":2}""", "drop a")]
    [InlineData("""{"a":{"drop":{"unless":{"a":["y"]}}}}""", """{"a":"x"}""", "{}", "drop a")]
    [InlineData("""{"a":{"keep":true}}""", """{"a":"x"}""", """{"a":"x"}""", "")]
    [InlineData("""{"a":{"default":{"b":1}}}""", "{}", """{"a":{"b":1}}""", "")]
    [InlineData("""{"a":{"default":1}}""", """{"a":null}""", """{"a":1}""", "")]
    [InlineData("""{"a":{"default":1}}""", """{"a":2}""", """{"a":2}""", "")]
    [InlineData("""{"a":{"clamp":[0,1]}}""", """{"a":1.7}""", """{"a":1}""", "drop a")]
    [InlineData("""{"a":{"clamp":[0.01,1]}}""", """{"a":0}""", """{"a":0.01}""", "drop a")]
    [InlineData("""{"a":{"clamp":[0,1]}}""", """{"a":0.70}""", """{"a":0.70}""", "")]
    [InlineData("""{"a":{"clamp":[0,1]}}""", """{"a":"2"}""", """{"a":"2"}""", "")]
    [InlineData("""{"a":{"map":{"required":"any"}}}""", """{"a":"requir\u0065d"}""", """{"a":"any"}""", "")]
    [InlineData("""{"a":{"map":{"required":"any"}}}""", """{"a":"auto"}""", """{"a":"auto"}""", "")]
    [InlineData("""{"a":{"map":{"required":"any"}}}""", """{"a":{"type":"x"}}""", """{"a":{"type":"x"}}""", "")]
    [InlineData("""{"a":{"rename":"b"},"b":{"clamp":[0,1]}}""", """{"a":2}""", """{"b":1}""", "drop a")]
    [InlineData("""{"a":{"rename":"b"},"b":{"rename":"c"},"c":{"reject":true}}""", """{"a":2}""", "{}", "reject a")]
    public void Apply_OneBody_ChangesItAndTells(string rules, string body, string expected, string told) =>
        AssertApplied(rules, body, expected, told);

    [Theory]
    [InlineData("""{"a.b":{"rename":"a.c"}}""", """{ "a" : { "b" : 1.0, "x" : [2.50] } , "y":1e0 }""", """{ "a":{"x" : [2.50],"c":1.0 } , "y":1e0 }""", "")]
    [InlineData("""{"a.b":{"rename":"c"}}""", """{"a":{"b":1}}""", """{"a":{},"c":1}""", "")]
    [InlineData("""{"a":{"rename":"b.c"}}""", """{"a":1,"x":2}""", """{"x":2,"b":{"c":1}}""", "")]
    [InlineData("""{"a":{"rename":"b.c.d"}}""", """{"a":1,"b":{"e":2}}""", """{"b":{"e":2,"c":{"d":1}}}""", "")]
    [InlineData("""{"a":{"rename":"b.c"}}""", """{"a":1,"b":{ }}""", """{"b":{"c":1 }}""", "")]
    [InlineData("""{"a":{"rename":"b.c"}}""", """{"a":1,"b":null}""", """{"b":{"c":1}}""", "")]
    [InlineData("""{"a":{"rename":"b.c"}}""", """{"a":1,"b":"x"}""", """{"b":"x"}""", "drop a")]
    [InlineData("""{"a":{"rename":"b.c"}}""", """{"a":1,"b":{"c":2}}""", """{"b":{"c":2}}""", "drop a")]
    [InlineData("""{"a.b":{"rename":"c.d"}}""", """{"a":{"b":1,"z":0},"c":{"x":2}}""", """{"a":{"z":0},"c":{"x":2,"d":1}}""", "")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{"x":1,"b":2,"y":3}}""", """{"a":{"x":1,"y":3}}""", "drop a.b")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{ "b":2, "y":3 }}""", """{"a":{"y":3 }}""", "drop a.b")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{"b":1,"x":0,"b":2}}""", """{"a":{"x":0}}""", "drop a.b")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{"\u0062":1}}""", """{"a":{}}""", "drop a.b")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{"\ud800":1}}""", """{"a":{"\ud800":1}}""", "")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":{"b":null}}""", """{"a":{}}""", "")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a":[{"b":1}]}""", """{"a":[{"b":1}]}""", "")]
    [InlineData("""{"a.b":{"drop":true}}""", """{"a.b":1,"b":2}""", """{"a.b":1,"b":2}""", "")]
    [InlineData("""{"a\\.b":{"drop":true}}""", """{"a.b":1,"a":{"b":2}}""", """{"a":{"b":2}}""", "drop a\\.b")]
    [InlineData("""{"a.b":{"drop":{"except":[false]}}}""", """{"a":{"b":false}}""", """{"a":{}}""", "")]
    [InlineData("""{"a.b":{"drop":{"unless":{"a.c":["x"]}}}}""", """{"a":{"b":1,"c":"x"}}""", """{"a":{"b":1,"c":"x"}}""", "")]
    [InlineData("""{"a.b":{"drop":{"unless":{"a.c":["x"]}}}}""", """{"a":{"b":1}}""", """{"a":{}}""", "drop a.b")]
    [InlineData("""{"a.b":{"reject":true}}""", """{"a":{"b":1}}""", """{"a":{}}""", "reject a.b")]
    [InlineData("""{"a.b":{"keep":true}}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""", "")]
    [InlineData("""{"a.b":{"default":[1]}}""", "{}", """{"a":{"b":[1]}}""", "")]
    [InlineData("""{"a.b":{"default":1}}""", """{"a":{"b":null,"c":2}}""", """{"a":{"b":1,"c":2}}""", "")]
    [InlineData("""{"a.b":{"default":1}}""", """{"a":{"b":2}}""", """{"a":{"b":2}}""", "")]
    [InlineData("""{"a.b":{"default":1}}""", """{"a":"x"}""", """{"a":"x"}""", "")]
    [InlineData("""{"a.b":{"clamp":[0,1]}}""", """{"a":{"b" :  1.7 , "c":1.70}}""", """{"a":{"b" :  1 , "c":1.70}}""", "drop a.b")]
    [InlineData("""{"a.b":{"map":{"required":"any"}}}""", """{"a":{"b":"required"}}""", """{"a":{"b":"any"}}""", "")]
    [InlineData("""{"a":{"rename":"b"},"b.c":{"drop":true}}""", """{"a":{"c":1}}""", """{"b":{}}""", "drop a.c")]
    [InlineData("""{"a.b":{"rename":"c.d"},"c.d":{"clamp":[0,1]}}""", """{"a":{"b":2}}""", """{"a":{},"c":{"d":1}}""", "drop a.b")]
    public void Apply_NestedField_ChangesItAloneAndTellsItsPath(
        string rules, string body, string expected, string told) => AssertApplied(rules, body, expected, told);

    private static void AssertApplied(string rules, string body, string expected, string told)
    {
        Provider provider = CatalogFile.Parse("x.json", Encoding.UTF8.GetBytes($$"""
            {
              "id": "x", "name": "X", "source": "https://x.example", "base-url": "https://x.example",
              "auth": { "scheme": "none" }, "endpoints": { "openai-chat": { "path": "/chat", "parameters": {{rules}} } }
            }
            """));
        var patch = new BodyPatch(JsonEnvelope.Read(Encoding.UTF8.GetBytes(body)));
        var calls = new List<string>();

        ParameterRulesApplier.Apply(
            provider.Endpoints["openai-chat"].Parameters,
            patch,
            field => calls.Add("drop " + field),
            field => calls.Add("reject " + field));

        Assert.Equal(expected, Encoding.UTF8.GetString(patch.Apply().ToArray()));
        Assert.Equal(told, string.Join(", ", calls));
    }
}
