using System.Text;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport.Body;

namespace Lightport.Tests.Routing;

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
    public void Apply_OneBody_ChangesItAndTells(string rules, string body, string expected, string told)
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
