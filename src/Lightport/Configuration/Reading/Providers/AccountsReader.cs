using Lightport.Configuration.Yaml;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads the accounts of a provider: <c>keys: [OPENAI_A, OPENAI_B]</c>, or where they differ in more,
/// <c>accounts: [{ name: eu, key: AZURE_EU, resource: contoso-eu, provisioned: on }]</c>.
/// </summary>
internal static class AccountsReader
{
    public const string KeysKey = "keys";
    public const string AccountsKey = "accounts";

    private const string NameKey = "name";
    private const string ProvisionedKey = "provisioned";
    private const string SecretKey = "key";

    /// <summary>What an account may say over its provider, beside the catalog's settings.</summary>
    private static readonly string[] Over = [SecretKey, "base-url", "auth"];

    /// <returns>None where none is written, or where what is written is wrong.</returns>
    public static IReadOnlyList<AccountEntry> Read(Section section, Provider entry)
    {
        string[] said = [.. new[] { SecretKey, KeysKey, AccountsKey }.Where(key => section.Find(key) is not null)];
        if (said is [] or [SecretKey])
        {
            return [];
        }

        if (said is [var first, var second, ..])
        {
            section.Errors.Add(
                section.Find(second)!, $"{section.Path} has both '{first}' and '{second}'; keep one of them.");
            return [];
        }

        int errors = section.Errors.Count;
        string path = $"{section.Path}.{said[0]}";
        IReadOnlyList<YamlNode> items = Section.Items(section.Find(said[0]), path, section.Errors);
        AccountEntry[] accounts = [.. items
            .Select(item => said[0] == KeysKey ? OfKey(item, section) : OfAccount(item, section, entry))
            .OfType<AccountEntry>()];
        if (section.Errors.Count == errors)
        {
            Check(accounts, items, section.Find(said[0])!, path, section.Errors);
        }

        return section.Errors.Count == errors ? accounts : [];
    }

    private static AccountEntry? OfKey(YamlNode item, Section section) =>
        Section.TextOf(item, $"{section.Path}.{KeysKey}", section.Errors) is { } secret
            ? new AccountEntry(new ProviderAccount(secret), Merge(section, [new(NodeOf(item, SecretKey), item)]))
            : null;

    private static AccountEntry? OfAccount(YamlNode item, Section section, Provider entry)
    {
        var keys = new SectionKeys(
            [NameKey, Weights.Key, ProvisionedKey, .. Over, .. entry.SettingNames.Except(Over)],
            []);
        if (Section.Read(item, $"{section.Path}.{AccountsKey}", keys, section.Errors) is not { } account)
        {
            return null;
        }

        if (account.Find(NameKey) is not { } at)
        {
            section.Errors.Add(
                item, $"an account in {account.Path} needs 'name', as in {{ name: eu, key: OPENAI_EU }}.");
            return null;
        }

        if (account.Text(NameKey) is not { } name)
        {
            return null;
        }

        if (!SecretNames.IsName(name))
        {
            section.Errors.Add(at, $"{account.Path}.{NameKey} must be of letters, digits and '-', '_', '.'.");
            return null;
        }

        return new AccountEntry(
            new ProviderAccount(name)
            {
                Weight = Weights.Read(account),
                IsProvisioned = account.Boolean(ProvisionedKey) ?? false,
            },
            Merge(section, [.. ((MappingNode)account.At).Entries.Where(own =>
                own.Key.Value is not (NameKey or Weights.Key or ProvisionedKey))]));
    }

    private static void Check(
        AccountEntry[] accounts, IReadOnlyList<YamlNode> items, YamlNode at, string path, ConfigurationErrors errors)
    {
        if (accounts.Length == 0)
        {
            errors.Add(at, $"{path} is empty; name one at least, or remove it.");
        }
        else if (Array.TrueForAll(accounts, entry => entry.Account.Weight == 0))
        {
            errors.Add(at, $"every one of {path} has weight 0; give one a weight above 0.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < accounts.Length; i++)
        {
            if (!names.Add(accounts[i].Account.Name))
            {
                errors.Add(items[i], $"{path} has this one twice; give each account once.");
            }
        }
    }

    /// <summary>What stands at the account goes before what stands at the provider.</summary>
    private static MappingNode Merge(Section section, IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> own)
    {
        var provider = (MappingNode)section.At;
        HashSet<string> said = [KeysKey, AccountsKey, .. own.Select(entry => entry.Key.Value)];
        return new MappingNode(
            provider.Line,
            provider.Column,
            [.. provider.Entries.Where(entry => !said.Contains(entry.Key.Value)), .. own]);
    }

    private static ScalarNode NodeOf(YamlNode at, string text) => new(at.Line, at.Column, text, plain: true);
}
