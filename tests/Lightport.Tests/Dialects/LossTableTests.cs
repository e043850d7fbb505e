using System.Text.RegularExpressions;
using Lightport.Dialects;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Dialects;

/// <summary>Holds the loss tables of docs/dialects.md to the code, both ways, name by name.</summary>
public sealed partial class LossTableTests
{
    private const string Page = "docs/dialects.md";

    /// <summary>Names that only the request can tell; the tables say them in words ("any other field").</summary>
    private static readonly string[] ToldInWords = ["opaque.Kind", "extension.Name", "field"];

    /// <summary>What Responses writes by the chat dialect's own hands, and so loses where chat does.</summary>
    private static readonly string[] SharedWithChat =
    [
        "OpenAIChatAnswerSchema", "OpenAIChatEffort", "OpenAIChatEndUser", "OpenAIChatOfferedTools", "OpenAIChatOptionsWriter",
        "OpenAIChatParametersWriter", "OpenAIChatToolsWriter",
    ];

    /// <summary>What Interactions write by the hands of generateContent, and so lose where that does.</summary>
    private static readonly string[] SharedWithGemini =
    [
        "GoogleGeminiLimits", "GoogleGeminiLosses", "GoogleGeminiParts", "GoogleGeminiStructuredOutput", "GoogleGeminiTier",
        "GoogleGeminiToolWriter",
    ];

    public static TheoryData<string, string> Dialects => new()
    {
        { DialectIds.OpenAIChat, "OpenAIChat" },
        { DialectIds.AnthropicMessages, "AnthropicMessages" },
        { DialectIds.AnthropicBedrock, "AnthropicHosted" },
        { DialectIds.AnthropicVertex, "AnthropicHosted" },
        { DialectIds.AwsConverse, "AwsConverse" },
        { DialectIds.OpenAICompletions, "OpenAICompletions" },
        { DialectIds.OpenAIEmbeddings, "OpenAIEmbeddings" },
        { DialectIds.OpenAIResponses, "OpenAIResponses" },
        { DialectIds.GoogleGemini, "GoogleGemini" },
        { DialectIds.GoogleInteractions, "GoogleInteractions" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Field_ThatCodeReports_StandsInTheTable(string id, string folder)
    {
        string[] rows = [.. Rows(id)];
        Rule.Holds(
            $"Code reports a loss that {Page} does not tell. Add a row to the table under \"### To `{id}`\":",
            from loss in Losses(folder)
            where !rows.Any(loss.IsMatch)
            select $"{loss.Path}: {loss.Name}");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Field_OfTheTable_IsReportedByCode(string id, string folder)
    {
        ReportedLoss[] losses = [.. Losses(folder)];
        Rule.Holds(
            $"{Page} tells a loss that no code in src/Lightport/Dialects/{folder} reports. Take it out of the table "
            + $"under \"### To `{id}`\", or report it with LossLedger.Drop, Reject or Note:",
            from row in Rows(id)
            where !losses.Any(loss => loss.IsMatch(row))
            select row);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Loss_OfAnyKind_IsReportedUnderALegibleName(string id, string folder) => Rule.Holds(
        $"A loss to {id} is reported under a name that cannot be read off the code. Pass a literal, or a variable "
        + $"`field` that is given one; where only the request knows it, add the expression to {nameof(ToldInWords)}:",
        from file in Sources(folder)
        from call in Calls(file, folder)
        where !Literal().IsMatch(call) && !ToldInWords.Contains(call)
        select $"{file.Path}: {call}");

    [Fact]
    public void Scan_OfTheCode_FindsLosses()
    {
        // A scan that finds nothing would hold for any page.
        Assert.Contains(Losses("OpenAIChat"), loss => loss.IsMatch("top_k"));
        Assert.Contains(Losses("AnthropicMessages"), loss => loss.IsMatch("messages[i].file_id"));
        Assert.Contains(Losses("OpenAICompletions"), loss => loss.IsMatch("suffix"));
    }

    /// <summary>The fields in the first column of the dialect's table.</summary>
    private static IEnumerable<string> Rows(string id)
    {
        string[] parts = Repository.Read(Page).Split($"\n### To `{id}`\n");
        Assert.True(parts.Length == 2, $"{Page} needs one section \"### To `{id}`\".");
        return parts[1].Split("\n#")[0].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => CodeSpan().Matches(line.Split('|')[1]))
            .Select(span => span.Groups[1].Value);
    }

    private static IEnumerable<ReportedLoss> Losses(string folder) =>
        from file in Sources(folder)
        from name in Calls(file, folder).Concat(NamedFields(file))
        from Match literal in Literal().Matches(name)
        select new ReportedLoss(file.Path, literal.Value, Pattern(literal.Groups[1].Value));

    private static IEnumerable<SourceFile> Sources(string folder) =>
        Repository.Core.Where(file =>
            (file.Folders is ["Dialects", var vendor, var home, ..] && vendor + home == folder)
            || (folder == "AnthropicMessages" && file.Name == "CacheMarkLimit")
            || (folder == "OpenAIResponses" && SharedWithChat.Contains(file.Name))
            || (folder == "GoogleInteractions" && SharedWithGemini.Contains(file.Name)));

    /// <summary>What is passed as the field's name: to the ledger, or to a helper that hands it on.</summary>
    private static IEnumerable<string> Calls(SourceFile file, string folder)
    {
        IEnumerable<string> helpers =
            from source in Sources(folder)
            from Match helper in Helper().Matches(source.Text)
            select $@"(?<!\w|void |bool ){helper.Groups[1].Value}";
        var call = new Regex($@"(?:{string.Join('|', helpers.Append(@"osses\.(?:Drop|Reject|Note)"))})\(");
        return call.Matches(file.Text).Select(match => NameIn(file.Text[(match.Index + match.Length)..]));
    }

    /// <summary>The names that a variable called field is given where losses are reported.</summary>
    private static IEnumerable<string> NamedFields(SourceFile file) => TouchesLosses().IsMatch(file.Text)
        ? FieldVariable().Matches(file.Text).Select(match => match.Groups[1].Value)
        : [];

    /// <summary>Of the arguments that the text begins with, the one that is a name.</summary>
    private static string NameIn(string text)
    {
        var arguments = new List<string>();
        int depth = 0;
        int start = 0;
        bool quoted = false;
        for (int at = 0; depth >= 0; at++)
        {
            quoted ^= text[at] == '"';
            depth += quoted ? 0 : text[at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (!quoted && (depth < 0 || (depth == 0 && text[at] == ',')))
            {
                arguments.Add(text[start..at].Trim());
                start = at + 1;
            }
        }

        return arguments.Find(argument => Literal().IsMatch(argument) || ToldInWords.Contains(argument))
            ?? string.Join(", ", arguments);
    }

    /// <summary>A hole of an interpolated name may be anything.</summary>
    private static Regex Pattern(string name) =>
        new($"^{string.Join(".+", Hole().Split(name).Select(Regex.Escape))}$");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("\"([^\"\n]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"LossLedger|\.Losses")]
    private static partial Regex TouchesLosses();

    [GeneratedRegex(@"(?:private|internal) (?:static )?(?:void|bool) (\w+)\([^)]*\bstring field\b")]
    private static partial Regex Helper();

    [GeneratedRegex(@"string field = ([^;]+);")]
    private static partial Regex FieldVariable();

    private sealed record ReportedLoss(string Path, string Name, Regex Pattern)
    {
        public bool IsMatch(string field) => Pattern.IsMatch(field);
    }
}
