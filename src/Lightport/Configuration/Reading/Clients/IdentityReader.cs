using Lightport.Admission.Identity;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>identity</c>: whose tokens are taken beside client keys.</summary>
internal static class IdentityReader
{
    public const string Key = "identity";

    private const string AddressKey = "address";

    private static readonly SectionKeys Keys = new("issuers", AddressKey);

    /// <summary>Null where no issuer is named.</summary>
    public static IdentitySettings? Read(YamlNode? node, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, Key, Keys, errors) is not { } section)
        {
            return null;
        }

        var issuers = new List<TrustedIssuer>();
        foreach (YamlNode item in Section.Items(section.Find("issuers"), "identity.issuers", errors))
        {
            foreach (TrustedIssuer issuer in IssuerReader.Read(item, errors))
            {
                if (issuers.Exists(other => other.Name == issuer.Name))
                {
                    errors.Add(item, $"the issuer {issuer.Name} is here twice; put all of it into one entry, whose "
                        + "'audience' may be a list.");
                }
                else
                {
                    issuers.Add(issuer);
                }
            }
        }

        return issuers.Count == 0 ? null : new IdentitySettings(issuers) { Address = Address(section) };
    }

    private static Uri? Address(Section section)
    {
        if (section.Text(AddressKey) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && KeySetSource.IsTrustworthy(address)
            && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 })
        {
            return address;
        }

        section.Errors.Add(section.Find(AddressKey)!, "identity.address is where clients find this gateway, with https "
            + "(or http on this machine), as in https://gateway.contoso.com.");
        return null;
    }
}
