using Lightport.Configuration.Yaml;
using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>select</c>: a policy's name, or <c>{ policy: sticky, by: user }</c>.</summary>
internal static class SelectionReader
{
    public const string Key = "select";

    private const string Policy = "policy";
    private const string By = "by";

    private static readonly SectionKeys Keys = new(Policy, By);

    /// <summary>The policy that is written; null where none is, or none that there is.</summary>
    /// <param name="targets">What it puts in order.</param>
    public static ISelectionPolicy? Read(Section section, IReadOnlyList<ModelReference> targets)
    {
        string path = $"{section.Path}.{Key}";
        ISelectionPolicy? policy;
        switch (section.Find(Key))
        {
            case null:
                policy = OrderedSelection.Instance;
                break;
            case MappingNode node:
                policy = Section.Read(node, path, Keys, section.Errors) is { } whole ? ReadWhole(whole) : null;
                break;
            case { } node:
                policy = section.Text(Key) is { } name ? Create(name, null, node, path, section.Errors) : null;
                break;
        }

        if (policy is not null)
        {
            CheckWeights(policy, targets, section.Path, section.Errors);
        }

        return policy;
    }

    /// <summary>A weight that the policy does not go by would be believed to count.</summary>
    public static void CheckWeights(
        ISelectionPolicy policy, IReadOnlyList<ModelReference> targets, string path, ConfigurationErrors errors)
    {
        if (policy.GoesByWeight)
        {
            return;
        }

        foreach (YamlNode weight in targets.Select(target => target.Weight).OfType<YamlNode>())
        {
            bool isLast = weight is ScalarNode { Value: "0" } && policy is not OrderedSelection;
            if (!isLast)
            {
                errors.Add(weight, $"'{Weights.Key}' in {path} counts for nothing with 'select: {policy.Name}'"
                    + (policy is OrderedSelection ? "; remove it, or select by weighted." : ", save 0; remove it."));
            }
        }
    }

    private static ISelectionPolicy? ReadWhole(Section section)
    {
        if (section.Find(Policy) is not { } node)
        {
            section.Errors.Add(section.At, $"{section.Path} needs '{Policy}', as in {{ policy: sticky, by: user }}.");
            return null;
        }

        AffinityKey? by = section.Word(By, SelectionPolicies.Keys);
        if (section.Text(Policy) is not { } name)
        {
            return null;
        }

        if (section.Find(By) is { } key && !SelectionPolicies.NamesBy.Contains(name))
        {
            section.Errors.Add(
                key, $"'{By}' in {section.Path} goes with {string.Join(" and ", SelectionPolicies.NamesBy)} only.");
        }

        return Create(name, by, node, $"{section.Path}.{Policy}", section.Errors);
    }

    private static ISelectionPolicy? Create(
        string name, AffinityKey? by, YamlNode at, string path, ConfigurationErrors errors)
    {
        ISelectionPolicy? policy = SelectionPolicies.Create(name, by);
        if (policy is null)
        {
            string near = NearNames.Question(name, SelectionPolicies.Names);
            errors.Add(at, $"'{name}' in {path} is no policy"
                + (near.Length > 0 ? near : $"; there are {string.Join(", ", SelectionPolicies.Names)}."));
        }

        return policy;
    }
}
