using System.Text;
using Lightport.Cel;
using Lightport.Configuration.Yaml;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Compiles an expression; every complaint has the place in the document that it is about.</summary>
internal static class ExpressionReader
{
    /// <param name="start">Where in the node's text it begins, in UTF-16 units.</param>
    /// <param name="language">What it may name; null for what rules of requests may.</param>
    /// <returns>Null, and an error, where it is none.</returns>
    public static CelProgram? Compile(
        string text, ScalarNode node, int start, ConfigurationErrors errors, CelEnvironment? language = null)
    {
        try
        {
            return (language ?? RuleLanguage.Environment).Compile(text);
        }
        catch (CelCompileException e)
        {
            foreach (CelIssue issue in e.Issues)
            {
                (int line, int column) = node.PlaceOf(start + Offset(text, issue));
                errors.Add(line, column, issue.Message.EndsWith('?') ? issue.Message : $"{issue.Message}.");
            }

            return null;
        }
    }

    /// <summary>Where in a text an issue is, whose columns are characters and not UTF-16's units.</summary>
    private static int Offset(string text, CelIssue issue)
    {
        int offset = 0;
        for (int line = 1; line < issue.Line; line++)
        {
            offset = text.IndexOf('\n', offset) + 1;
        }

        for (int column = 1; column < issue.Column && offset < text.Length; column++)
        {
            Rune.DecodeFromUtf16(text.AsSpan(offset), out _, out int units);
            offset += units;
        }

        return offset;
    }
}
