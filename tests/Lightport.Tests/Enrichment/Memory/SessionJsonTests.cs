using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Storage;

namespace Lightport.Tests.Enrichment.Memory;

public sealed class SessionJsonTests
{
    /// <summary>But for those that a coder hands to itself while it reads a request.</summary>
    [Fact]
    public void Kinds_AreAllThatTurnsHave() => Assert.Equal(
        typeof(ContentPart).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ContentPart)))
            .Where(type => type.Namespace == typeof(ContentPart).Namespace)
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        SessionJson.Kinds.Select(kind => kind.Type.Name).Order(StringComparer.Ordinal));

    /// <summary>Whatever it holds is as it was, compared by values; written again, it is the same text.</summary>
    [Fact]
    public void Session_IsReadAsItWasWritten()
    {
        HashSet<Type> seen = [];
        for (int seed = 0; seed < 300; seed++)
        {
            Session session = new SessionMaker(seed, seen).Make();

            string written = SessionJson.Write(session);
            Session read = SessionJson.Read(written);

            Assert.Equivalent(session, read, strict: true);
            Assert.Equal(written, SessionJson.Write(read));
        }

        Assert.Equal(SessionJson.Kinds.Count, seen.Count);
    }

    [Fact]
    public void Schema_IsKeptByteForByte()
    {
        const string Schema = "{ \"type\":\"object\",\n \"title\": \"\\u00e9é\", \"maximum\": 1.0e2 }";
        var session = new Session
        {
            Tools = [new ToolDefinition("a") { Parameters = JsonElement.Parse(Schema) }],
        };

        Session read = SessionJson.Read(SessionJson.Write(session));

        Assert.Equal(Schema, read.Tools[0].Parameters!.Value.GetRawText());
    }

    [Fact]
    public void Schema_AsDeepAsOneMayBe_IsKept()
    {
        string schema = string.Concat(Enumerable.Repeat("{\"a\":", 63)) + "{}" + new string('}', 63);
        var session = new Session
        {
            Tools = [new ToolDefinition("a") { Parameters = JsonElement.Parse(schema) }],
        };

        Assert.Equal(schema, SessionJson.Read(SessionJson.Write(session)).Tools[0].Parameters!.Value.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"insertions":[{"before":0,"messages":[{"role":1,"parts":[{"$part":"stranger"}]}]}]}""")]
    [InlineData("""{"insertions":[{"before":0,"messages":[{"role":1,"parts":[{"text":"x"}]}]}]}""")]
    public void Text_ThatIsNoSession_IsDamaged(string text)
    {
        var error = Assert.Throws<StoreException>(() => SessionJson.Read(text));

        Assert.Equal(StoreFailure.Damaged, error.Failure);
    }
}
