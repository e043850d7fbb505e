using Lightport.Server;
using Lightport.Tests.Configuration;

namespace Lightport.Tests.Server;

public sealed class BannerTests
{
    [Fact]
    public void Banner_NamesWildcardsBesideTheOtherModels() => Assert.Contains(
        "  models         fast, echo, claude-*, mini-*\n",
        Text("models: { \"mini-*\": openai/gpt-*, fast: openai/x, \"claude-*\": anthropic/* }"),
        StringComparison.Ordinal);

    [Fact]
    public void Banner_OfWildcardsAlone_TriesAModelThatIsOne() => Assert.Contains(
        "\"model\":\"echo\"", Text("models: { \"claude-*\": anthropic/* }"), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, "  management     on, at http://localhost:7071/manage, with the admin key\n")]
    [InlineData(false, "  management     off; set LIGHTPORT_ADMIN_KEY, 16 characters or more, to turn it on\n")]
    public void Banner_SaysWhetherItIsManaged(bool managed, string line) =>
        Assert.Contains(line, Text("direct: on", managed), StringComparison.Ordinal);

    [Theory]
    [InlineData("blob", "audit.to is blob, and no storage account is named")]
    [InlineData("otlp", "audit.to is otlp, and no receiver is named")]
    public void Banner_SaysThatAnAuditCanNeverBeWritten(string to, string problem) => Assert.Contains(
        $"  warning        lightport.yaml:1:8: the audit cannot be written: {problem}",
        Text($"audit: {{ to: {to} }}"),
        StringComparison.Ordinal);

    /// <summary>Whoever has just set an admin key has no client key yet, and the next request is a 401.</summary>
    [Theory]
    [InlineData("admission: { mode: keys }", true, "  admission      keys; `lightport keys create <name>` makes one")]
    [InlineData(
        "identity: { issuers: [{ issuer: \"https://login.example.com\", audience: a, default: { models: [echo] } }] }",
        false,
        "  admission      keys, and tokens of issuers")]
    public void Banner_SaysHowClientsComeIn(string document, bool managed, string line) =>
        Assert.Contains(line, Text(document, managed).Split(Environment.NewLine));

    private static string Text(string document, bool managed = false) => Banner
        .Text(TestConfiguration.LoadValid(document), ["http://127.0.0.1:7071"], managed)
        .ReplaceLineEndings("\n");
}
