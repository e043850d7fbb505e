using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Tests.Routing;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

public sealed class DoorkeeperTests
{
    private const string Canary = "canary-key-that-no-text-may-show";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Admit_KnownKey_IsItsCaller()
    {
        AdmissionResult result = Admit(AdmissionMode.Keys, Canary, ClientKey.FromPlain("team-a", Canary));

        Assert.True(result.Admitted);
        Assert.Equal("team-a", result.Caller.Name);
        Assert.Equal(16, result.Caller.KeyId?.Length);
        Assert.Null(result.Caller.PresentedKey);
    }

    [Fact]
    public void Admit_WrongDisabledExpiredAndNoKey_AreOneAndTheSameError()
    {
        ClientKey key = ClientKey.FromPlain("team-a", Canary);
        GatewayError?[] errors =
        [
            Admit(AdmissionMode.Keys, "wrong", key).Error,
            Admit(AdmissionMode.Keys, Canary, key with { Disabled = true }).Error,
            Admit(AdmissionMode.Keys, Canary, key with { Expires = _time.GetUtcNow() }).Error,
            Admit(AdmissionMode.Keys, null, key).Error,
            Admit(AdmissionMode.Keys, Canary).Error,
            Admit(AdmissionMode.BringYourOwn, null).Error,
        ];

        GatewayError error = Assert.Single(errors.Distinct())!;
        Assert.Equal((401, ErrorKind.Authentication, "invalid_api_key"), (error.Status, error.Kind, error.Code));
        Assert.Equal(ErrorStage.Admission, error.Stage);
    }

    [Fact]
    public void Admit_KeyThatExpiresLater_IsGoodUntilThen()
    {
        ClientKey key = ClientKey.FromPlain("team-a", Canary) with { Expires = _time.GetUtcNow().AddSeconds(1) };

        Assert.True(Admit(AdmissionMode.Keys, Canary, key).Admitted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Admit(AdmissionMode.Keys, Canary, key).Admitted);
    }

    [Fact]
    public void Admit_BringYourOwn_CarriesTheKeyAndShowsItNowhere()
    {
        Caller? caller = Admit(AdmissionMode.BringYourOwn, Canary).Caller;

        Assert.Equal(Canary, caller?.PresentedKey);
        Assert.DoesNotContain("canary", $"{caller} {caller?.Name} {caller?.KeyId}", StringComparison.Ordinal);
    }

    [Fact]
    public void Admit_Open_AsksForNothing() =>
        Assert.Same(Caller.Anonymous, Admit(AdmissionMode.Open, null).Caller);

    [Fact]
    public void Find_ManyKeys_FindsEachAndNoOther()
    {
        var keys = new ClientKeys(Enumerable.Range(0, 200).Select(n => ClientKey.FromPlain($"n{n}", $"key-{n}")));

        Assert.Equal(200, keys.Count);
        Assert.All(Enumerable.Range(0, 200), n => Assert.Equal($"n{n}", keys.Find($"key-{n}")?.Caller.Name));
        Assert.Null(keys.Find("key-200"));
    }

    private AdmissionResult Admit(AdmissionMode mode, string? key, params ClientKey[] keys)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Host = new HostString("localhost");
        if (key is not null)
        {
            request.Headers.Authorization = $"Bearer {key}";
        }

        // Keys that the configuration lists are found without waiting.
        Task<AdmissionResult> result = new Doorkeeper(_time)
            .AdmitAsync(new AdmissionSettings(mode, new ClientKeys(keys)), request, CancellationToken.None)
            .AsTask();
        Assert.True(result.IsCompletedSuccessfully);
        return result.Result;
    }
}
