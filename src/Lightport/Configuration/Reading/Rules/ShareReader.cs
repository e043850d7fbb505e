using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>share: 5%</c>.</summary>
internal static class ShareReader
{
    public static RuleShare? Read(Section section, string? name)
    {
        if (section.Text("share") is not { } text)
        {
            return null;
        }

        if (Shares.Parse(text) is not { } part)
        {
            section.Errors.Add(
                section.Find("share")!, "rules.share must be more than 0% and at most 100%, as in share: 5%.");
            return null;
        }

        if (name is null)
        {
            section.Errors.Add(
                section.Find("share")!, "a rule with a share needs a 'name', by which sessions keep to their side.");
        }

        return RuleShare.Of(part, name ?? "");
    }
}
