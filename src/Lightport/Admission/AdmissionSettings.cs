namespace Lightport.Admission;

/// <summary>Who may call, as of one version of the configuration.</summary>
/// <param name="Mode">Who may call.</param>
/// <param name="Keys">The client keys; looked at in <see cref="AdmissionMode.Keys"/> only.</param>
public sealed record AdmissionSettings(AdmissionMode Mode, ClientKeys Keys)
{
    /// <summary>With no keys and no word on admission: everyone, which only loopback may be.</summary>
    public static AdmissionSettings Open { get; } = new(AdmissionMode.Open, ClientKeys.None);
}
