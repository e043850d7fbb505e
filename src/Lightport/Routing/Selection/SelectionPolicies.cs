namespace Lightport.Routing.Selection;

/// <summary>The selection policies that this version has, by the word after <c>select:</c>.</summary>
internal static class SelectionPolicies
{
    private static readonly ISelectionPolicy[] All = [OrderedSelection.Instance];

    public static IEnumerable<string> Names => All.Select(policy => policy.Name);

    public static ISelectionPolicy? Find(string name) => Array.Find(All, policy => policy.Name == name);
}
