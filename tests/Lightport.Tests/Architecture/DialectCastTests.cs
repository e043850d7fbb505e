using System.Reflection;
using System.Text.RegularExpressions;
using Lightport.Dialects;

namespace Lightport.Tests.Architecture;

/// <summary>Every dialect's folder has the same cast, so that whoever knows one knows them all.</summary>
public sealed partial class DialectCastTests
{
    private static readonly string[] SpokenCast =
        ["Dialect", "Wire", "RequestEncoder", "ResponseDecoder", "StreamDecoder", "Errors"];

    private static readonly string[] ServedCast = ["RequestDecoder", "ResponseEncoder", "StreamEncoder"];

    /// <summary>
    /// The one exception: a vendor's dialects share a wire (OpenAI's errors, log probabilities and options; Google's
    /// signatures and media), and the others take those parts from the elder. A part that they do not have of their own
    /// is the elder's.
    /// </summary>
    private static readonly Dictionary<string, string> ComposedOf = new()
    {
        ["OpenAICompletions"] = "OpenAIChat",
        ["OpenAIEmbeddings"] = "OpenAIChat",
        ["OpenAIResponses"] = "OpenAIChat",
        ["GoogleInteractions"] = "GoogleGemini",
    };

    /// <summary>One folder for each of <see cref="DialectIds"/>, where the dialect has code of its own.</summary>
    private static IEnumerable<string> Dialects => typeof(DialectIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => constant.Name)
        .Where(name => FilesOf(name).Any());

    [Fact]
    public void Folder_OfASpokenDialect_HasItsCast() =>
        Rule.Holds("A spoken dialect's folder lacks a part:", Missing(SpokenCast, ImplementsSpoken()));

    [Fact]
    public void Folder_OfAServedDialect_HasItsCast() =>
        Rule.Holds("A served dialect's folder lacks a part:", Missing(ServedCast, ImplementsServed()));

    [Fact]
    public void Files_OfADialect_BearItsName() => Rule.Holds(
        "In a dialect's folder every file's name begins with the dialect's:",
        from dialect in Dialects
        from file in FilesOf(dialect)
        where !file.Name.StartsWith(dialect, StringComparison.Ordinal)
        select file.Path);

    [Fact]
    public void Folder_OfADialect_NamesNoOther() => Rule.Holds(
        "Dialects meet in Conversation, never in each other:",
        from dialect in Dialects
        from file in FilesOf(dialect)
        from other in Dialects
        where other != dialect && ComposedOf.GetValueOrDefault(dialect) != other
        where file.Mentions.Any(mention => mention.StartsWith(Namespace(other), StringComparison.Ordinal))
        select $"{file.Path} → {other}");

    private static IEnumerable<string> Missing(string[] cast, Regex implements)
    {
        string[] held = [.. Dialects.Where(dialect => FilesOf(dialect).Any(file => implements.IsMatch(file.Text)))];
        Assert.True(held.Length > 2, "The pattern finds no dialect any more, and would hold none.");
        return
            from dialect in held
            from part in cast
            where !Has(dialect, part) && !IsOfItsVendor(dialect, part)
                && !(ComposedOf.TryGetValue(dialect, out string? elder) && Has(elder, part))
            select $"src/Lightport/{Namespace(dialect).Replace('.', '/')}/{dialect}{part}.cs";
    }

    /// <summary>What all dialects of a vendor have alike stands beside their folders (<c>AwsErrors</c>).</summary>
    private static bool IsOfItsVendor(string dialect, string part) =>
        FilesOf(dialect).First().Folders[1] is var vendor
        && Repository.Core.Any(file =>
            file.Folders is ["Dialects", var folder] && folder == vendor
            && file.Name.StartsWith(vendor + part, StringComparison.Ordinal));

    /// <summary>A vendor's folder, and in it one for each operation.</summary>
    private static string Namespace(string dialect) =>
        string.Join('.', FilesOf(dialect).First().Folders.Take(3));

    private static bool Has(string dialect, string part) =>
        FilesOf(dialect).Any(file => file.Name.StartsWith(dialect + part, StringComparison.Ordinal));

    private static IEnumerable<SourceFile> FilesOf(string dialect) =>
        Repository.Core.Where(file =>
            file.Folders is ["Dialects", var vendor, var operation, ..] && vendor + operation == dialect);

    [GeneratedRegex(@"class \w+[^{]*[:,]\s*ISpoken\b")]
    private static partial Regex ImplementsSpoken();

    [GeneratedRegex(@"class \w+[^{]*[:,]\s*IServedConversation\b")]
    private static partial Regex ImplementsServed();
}
