namespace Lightport.Admission;

/// <summary>Who may call.</summary>
public enum AdmissionMode
{
    /// <summary>Holders of a client key that this gateway knows.</summary>
    Keys,

    /// <summary>Holders of a provider's key, which is sent on to that provider in place of the gateway's own.</summary>
    BringYourOwn,

    /// <summary>Everyone who can reach the address; for loopback only.</summary>
    Open,
}
