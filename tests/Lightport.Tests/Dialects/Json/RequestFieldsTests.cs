using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class RequestFieldsTests
{
    private const string Body = """
        {"model":"m","text":"a\ud83d","none":null,"yes":true,"whole":100.0,"half":0.5,"huge":1e300,"map":{"x":[1,{}]},
         "list":["a",2]}
        """;

    private static readonly RequestFields Fields = Parse(Body);

    [Fact]
    public void Read_SoundFields_AreTheirValues()
    {
        JsonElement root = Fields.Root;

        Assert.Equal("a\uFFFD", Fields.Text(root, "text"));
        Assert.Null(Fields.Text(root, "none"));
        Assert.Null(Fields.Find(root, "absent"));
        Assert.True(Fields.Boolean(root, "yes"));
        Assert.Equal(100, Fields.Integer(root, "whole"));
        Assert.Equal(100, Fields.Integer(root, "whole", 100));
        Assert.Equal(0.5, Fields.Number(root, "half"));
        Assert.Equal(2, Fields.Items(root, "list").Count());
        Assert.Empty(Fields.Items(root, "absent"));
    }

    [Fact]
    public void Read_FieldOfTheWrongKind_IsRefusedByItsPath()
    {
        JsonElement root = Fields.Root;
        JsonElement map = root.GetProperty("map");

        Refused("'text' must be an integer.", "text", () => Fields.Integer(root, "text"));
        Refused("'half' must be an integer.", "half", () => Fields.Integer(root, "half"));
        Refused("'huge' must be an integer.", "huge", () => Fields.Long(root, "huge"));
        Refused("'whole' must be an integer of at least 101.", "whole", () => Fields.Integer(root, "whole", 101));
        Refused("'yes' must be a number.", "yes", () => Fields.Number(root, "yes"));
        Refused("'half' must be true or false.", "half", () => Fields.Boolean(root, "half"));
        Refused("'map' must be a string.", "map", () => Fields.Text(root, "map"));
        Refused("'text' must be an object.", "text", () => Fields.Object(root, "text"));
        Refused("'map' must be an array.", "map", () => Fields.Items(root, "map"));
        Refused("'list[1]' must be a string.", "list[1]", () => Fields.Text(root.GetProperty("list")[1]));
        Refused("'map.x[0]' must be an object.", "map.x[0]", () => Fields.Find(map.GetProperty("x")[0], "y"));
    }

    [Fact]
    public void Required_MissingField_IsNamedByItsPath()
    {
        JsonElement inner = Fields.Root.GetProperty("map").GetProperty("x")[1];

        Refused("'map.x[1].id' is required.", "map.x[1].id", () => Fields.RequiredText(inner, "id"));
        Refused("'map.x[1].id' is required.", "map.x[1].id", () => Fields.RequiredObject(inner, "id"));
        Refused("'none' is required.", "none", () => Fields.Required(Fields.Root, "none"));
    }

    [Fact]
    public void Others_FieldsNobodyKnows_AreKeptButForNulls() => Assert.Equal(
        ["in.x"], Fields.Others(JsonElement.Parse("""{"k":1,"x":2,"n":null}"""), FrozenSet.Create("k"), "in.")
            .Select(other => other.Name));

    [Fact]
    public void Others_KnownNameThatIsEscaped_IsKnown() => Assert.Empty(
        Fields.Others(JsonElement.Parse("""{"\u006b":1}"""), FrozenSet.Create("k")));

    [Theory]
    [InlineData("text")]
    [InlineData("none")]
    [InlineData("absent")]
    public void Find_AtTheTop_IsAsInTheRoot(string name) =>
        Assert.Equal(Fields.Find(Fields.Root, name)?.GetRawText(), Fields.Find(name)?.GetRawText());

    [Fact]
    public void Find_AtTheTopByAnEscapedName_FindsIt() =>
        Assert.Equal("1", Parse("""{"\u006d":1}""").Find("m")?.GetRawText());

    private static RequestFields Parse(string body) =>
        RequestFields.Of(JsonBody.Read(Encoding.UTF8.GetBytes(body)), default);

    private static void Refused(string message, string field, Func<object?> read)
    {
        GatewayError error = Assert.Throws<GatewayException>(read).Error;
        Assert.Equal((400, message, field), (error.Status, error.Message, error.Param));
    }
}
