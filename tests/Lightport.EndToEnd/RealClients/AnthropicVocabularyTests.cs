using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.RealClients;

/// <summary>
/// The words that the gateway knows of Messages are those of Anthropic's SDK: a newer SDK with more fails here, and says
/// which.
/// </summary>
public sealed partial class AnthropicVocabularyTests
{
    private static readonly string Types = File.ReadAllText(Path.Combine(
        RepositoryFiles.Clients, "node_modules/@anthropic-ai/sdk/resources/beta/messages/messages.d.ts"));

    private static readonly JsonElement Vocabulary = JsonElement.Parse(File.ReadAllText(Path.Combine(
        RepositoryFiles.Clients, "../../Lightport.Tests/Dialects/Anthropic/Messages/Vocabulary.json")));

    [Fact]
    public void Blocks_AreTheSdks() => Assert.Equal(TypesOf("BetaContentBlockParam"), Known("blocks"));

    [Fact]
    public void Tools_AreTheSdks() => Assert.Equal(TypesOf("BetaToolUnion"), Known("tools"));

    [Fact]
    public void Deltas_AreTheSdks() => Assert.Equal(TypesOf("BetaRawContentBlockDelta"), Known("deltas"));

    [Fact]
    public void StopReasons_AreTheSdks() => Assert.Equal(
        Sorted(Quoted().Matches(Union("BetaStopReason")).Select(word => word.Groups[1].Value)), Known("stops"));

    /// <summary>But for those that the SDK sends as headers.</summary>
    [Fact]
    public void Fields_AreTheSdks() => Assert.Equal(
        Sorted(Field().Matches(Interface("MessageCreateParamsBase")).Select(field => field.Groups[1].Value)
            .Where(field => field != "betas")),
        Known("fields"));

    /// <summary>The words that the members of a union have for <c>type</c>.</summary>
    private static IEnumerable<string> TypesOf(string union) => Sorted(
        from Match member in Member().Matches(Union(union))
        let type = TypeField().Match(Interface(member.Value))
        from Match word in Quoted().Matches(type.Groups[1].Value)
        select word.Groups[1].Value);

    private static IEnumerable<string> Known(string kind) => Vocabulary.GetProperty(kind) is var words
        && words.ValueKind == JsonValueKind.Object
            ? Sorted(words.EnumerateObject().Select(word => word.Name))
            : Sorted(words.EnumerateArray().Select(word => word.GetString()!));

    private static IEnumerable<string> Sorted(IEnumerable<string> words) =>
        words.Distinct().Order(StringComparer.Ordinal);

    private static string Union(string name) =>
        Regex.Match(Types, $@"export type {name} = ([^;]+);").Groups[1].Value;

    private static string Interface(string name) =>
        Regex.Match(Types, $@"export interface {name} (?:extends \w+ )?\{{\n(.*?)\n\}}", RegexOptions.Singleline)
            .Groups[1].Value;

    [GeneratedRegex(@"Beta\w+")]
    private static partial Regex Member();

    [GeneratedRegex(@"^    type\??: ([^;]+);", RegexOptions.Multiline)]
    private static partial Regex TypeField();

    [GeneratedRegex(@"^    (\w+)\??: ", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
