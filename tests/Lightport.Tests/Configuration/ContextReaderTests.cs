using Lightport.Configuration;
using Lightport.Enrichment.Sources;

namespace Lightport.Tests.Configuration;

/// <summary>Sources of context as they are read, and each mistake beside the sentence that refuses it.</summary>
public sealed class ContextReaderTests
{
    [Fact]
    public void Sources_AreReadWhole()
    {
        GatewayConfiguration read = TestConfiguration.LoadValid("""
            providers: { openai: {} }
            models: { m: { targets: [openai/a], context: [weather, style] } }
            context:
              style: { text: Be brief. }
              docs: { file: docs/faq, place: turn, max-tokens: 100, when: "request.model == 'm'" }
              weather: { rest: "https://a.example/{metadata.city}?k={key.name}", path: "$.a", auth: { key: OPENAI_API_KEY, header: X-Key }, wait: 500ms, cache: 1h, on-failure: closed }
            """);

        Assert.Equal(["weather", "style"], read.Routing.Models["m"].Context);
        Assert.Equal(new TextSource("style", "Be brief."), read.Context.Find("style"));
        var docs = (FileSource)read.Context.Find("docs")!;
        Assert.Equal(("docs/faq", ContextPlace.Turn, 100, "request.model == 'm'"), (
            docs.Path, docs.Place, docs.MaxTokens, docs.When!.ToString()));
        var weather = (RestSource)read.Context.Find("weather")!;
        Assert.Equal(("OPENAI_API_KEY", "X-Key", true, false), (
            weather.Secret, weather.Header, weather.FailsClosed, weather.AllowsPrivate));
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromHours(1)), (weather.Wait, weather.Cache));
        Assert.True(weather.Address.ReadsKey);
        Assert.Equal(["metadata.city", "key.name"], weather.Address.Formulas.Select(formula => formula.ToString()));
    }

    [Theory]
    [InlineData("w: { text: a, place: tool }", "context.w is a tool, and needs a 'description'")]
    [InlineData("w: { text: a, description: b }", "'description' is for sources with 'place: tool'")]
    [InlineData("w: { rest: \"https://a.example/{args.city}\" }", "{args.city} is what a model calls a tool with")]
    [InlineData(
        "w: { rest: \"https://a.example/{args.ci-ty}\", place: tool, description: b }", "a tool's argument has from 1")]
    public void Tool_HasADescription_AndNoOtherArguments(string source, string error) => Assert.Contains(
        error, Assert.Single(TestConfiguration.Load($"context: {{ {source} }}").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Tool_IsReadWhole()
    {
        GatewayConfiguration read = TestConfiguration.LoadValid("""
            providers: { openai: {} }
            models: { m: { targets: [openai/a], context: [w], tool-search: on } }
            context:
              w: { rest: "https://a.example/{args.city}?k={key.name}&c={args.city}&d={args.day}", place: tool, description: Weather. }
            """);

        var weather = (RestSource)read.Context.Find("w")!;
        Assert.Equal((ContextPlace.Tool, "Weather."), (weather.Place, weather.Description));
        Assert.Equal(["city", "day"], weather.Address.Arguments);
        Assert.Equal(["key.name"], weather.Address.Formulas.Select(formula => formula.ToString()));
        Assert.True(read.Routing.Models["m"].SearchesTools);
    }

    /// <summary>What is wrong with a file is told where it is written, and not first by a request that goes without.
    /// </summary>
    [Theory]
    [InlineData("missing.md", "missing.md is not there. It is looked for in ")]
    [InlineData("large.md", "large.md has more than 1 MiB")]
    [InlineData("picture.md", "picture.md is no text")]
    [InlineData("out.md", "out.md leads out of the folder of context files")]
    [InlineData("good.md", null)]
    [InlineData("folder", null)]
    public void File_ThatCannotBeRead_IsWarnedOf(string file, string? warning)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("lightport-");
        string In(string name) => Path.Combine(root.FullName, name);
        Directory.CreateDirectory(In("folder"));
        File.WriteAllText(In("good.md"), "Good.");
        File.WriteAllText(In("folder/a.md"), "A.");
        File.WriteAllText(In("picture.md"), "a\0b");
        File.WriteAllText(In("large.md"), new string('x', (1024 * 1024) + 1));
        File.CreateSymbolicLink(In("out.md"), "/etc/hostname");
        var environment = new ConfigurationEnvironment(TestConfiguration.Environment, null, null)
        {
            ContextFolder = root.FullName,
        };

        ConfigurationResult read = ConfigurationLoader.Load(
            $"context: {{ docs: {{ file: {file} }} }}", "x", TestConfiguration.Catalog, environment);

        Assert.Empty(read.Errors);
        if (warning is null)
        {
            Assert.Empty(read.Configuration!.Warnings);
        }
        else
        {
            Assert.Contains(
                $"x:1:26: context.docs.file cannot be read now: {warning}",
                Assert.Single(read.Configuration!.Warnings),
                StringComparison.Ordinal);
        }

        root.Delete(recursive: true);
    }

    [Theory]
    [InlineData("{}", "3:6: context.s needs one of text, file, rest, mcp.")]
    [InlineData("{ text: a, file: b }", "3:6: context.s needs one of text, file, rest, mcp, and has text and file.")]
    [InlineData("{ text: a, txt: b }", "3:17: unknown key 'txt' in context.s; did you mean 'text'?")]
    [InlineData("{ text: a, cache: 1m }", "3:24: 'cache' is for sources by 'rest' or 'mcp', and this is one by 'text'.")]
    [InlineData("{ text: a, place: user }", "3:24: 'user' in context.s.place is not known; the words are system, turn, tool.")]
    [InlineData("{ text: a, max-tokens: 0 }", "3:29: context.s.max-tokens must be a number from 1 to 200000.")]
    [InlineData("{ text: a, when: \"request.modl == 'a'\" }", null)]
    [InlineData("{ mcp: docs, resource: a }", "3:13: there is no MCP server 'docs' under mcp.servers.")]
    [InlineData("{ text: a, prompt: b }", "3:25: 'prompt' is for sources by 'mcp', and this is one by 'text'.")]
    [InlineData("{ file: ../a.md }", null)]
    [InlineData("{ file: /etc/passwd }", null)]
    [InlineData("{ file: .git/config }", null)]
    [InlineData("{ file: a//b }", null)]
    [InlineData("{ file: 'a\\b' }", null)]
    [InlineData("{ rest: \"http://a.example/\" }", null)]
    [InlineData("{ rest: \"http://localhost:8080/{metadata.city}\" }", "3:14: context.s.rest is an address that this machine or network alone has; where that is meant, write 'private: on' beside it.")]
    [InlineData("{ rest: \"https://10.0.0.7/\" }", "3:14: context.s.rest is an address that this machine or network alone has; where that is meant, write 'private: on' beside it.")]
    [InlineData("handbook.md", "3:6: context.s must be a mapping, as in { file: handbook.md }, but here is text.")]
    [InlineData("{ rest: \"https://{metadata.host}/\" }", null)]
    [InlineData("{ rest: \"https://a.example{metadata.host}/\" }", null)]
    [InlineData("{ rest: \"https://me:pw@a.example/\" }", null)]
    [InlineData("{ rest: \"https://a.example/{metadata.city\" }", "3:33: an expression in context.s.rest has no end; write it as in {metadata.city}.")]
    [InlineData("{ rest: \"https://a.example/{key.tags}\" }", null)]
    [InlineData("{ rest: \"https://a.example/{key.spend.day}\" }", null)]
    [InlineData("{ rest: \"https://a.example/\", path: a }", null)]
    [InlineData("{ rest: \"https://a.example/\", wait: 2h }", "3:42: context.s.wait must be a length of time from 0.01s to 60s, as in 2s.")]
    [InlineData("{ rest: \"https://a.example/\", auth: { key: sk-0123456789abcdef0123 } }", null)]
    public void Source_ThatIsWrong_IsRefused(string source, string? error)
    {
        ConfigurationResult result = TestConfiguration.Load($"providers: {{ openai: {{}} }}\ncontext:\n  s: {source}");

        ConfigurationError told = Assert.Single(result.Errors);
        Assert.Equal(3, told.Line);
        if (error is not null)
        {
            Assert.Equal($"lightport.yaml:{error}", told.ToString());
        }
    }

    [Theory]
    [InlineData("{ text: a, when: \"key.spend > 1\" }", "key.spend is for rules; a source of context cannot go by it.")]
    [InlineData("{ mcp: docs, resource: a, prompt: b }", "context.s has both 'resource' and 'prompt'; write one of them.")]
    public void Source_ThatIsWrongInMoreThanOneWay_IsToldSo(string source, string error) => Assert.Contains(
        TestConfiguration.Load($"providers: {{ openai: {{}} }}\ncontext:\n  s: {source}").Errors,
        told => told.Line == 3 && told.Message == error);

    [Theory]
    [InlineData("[style, styl]", "3:54: there is no source 'styl' under context; did you mean 'style'?")]
    [InlineData("[style, style]", "3:54: 'style' is in models.m.context twice.")]
    [InlineData("style", "3:46: models.m.context must be a list, as in [a, b], but here is text.")]
    public void Route_TakesSourcesThatThereAre(string taken, string error)
    {
        ConfigurationResult result = TestConfiguration.Load(
            "providers: { openai: {} }\ncontext: { style: { text: a } }\n"
            + $"models: {{ m: {{ targets: [openai/a], context: {taken} }} }}");

        Assert.Equal($"lightport.yaml:{error}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Name_ThatIsNone_IsRefused() => Assert.Equal(
        "lightport.yaml:1:12: a source's name has from 1 to 64 letters, digits, '-' or '_'.",
        Assert.Single(TestConfiguration.Load("context: { \"a b\": { text: a } }").Errors).ToString());
}
