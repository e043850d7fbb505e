using Lightport.Admission;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>admission: { mode: keys }</c>.</summary>
internal static class AdmissionReader
{
    private static readonly SectionKeys Keys = new("mode");

    /// <summary>Null where the document does not say.</summary>
    public static AdmissionMode? ReadMode(YamlNode? node, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, "admission", Keys, errors) is not { } section)
        {
            return null;
        }

        switch (section.Text("mode"))
        {
            case "keys":
                return AdmissionMode.Keys;
            case "bring-your-own":
                return AdmissionMode.BringYourOwn;
            case "open":
                return AdmissionMode.Open;
            case null:
                return null;
            default:
                errors.Add(section.Find("mode")!, "admission.mode must be keys, bring-your-own or open.");
                return null;
        }
    }

    /// <summary>Keys where there are any or some can be made, else everyone.</summary>
    public static AdmissionSettings Settings(
        AdmissionMode? mode,
        IReadOnlyCollection<ClientKey> keys,
        bool managed) =>
        new(mode ?? (managed || keys.Count > 0 ? AdmissionMode.Keys : AdmissionMode.Open), new ClientKeys(keys))
        {
            IsModeWritten = mode is not null,
        };
}
