using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

public sealed class KeyDoorTests : IDisposable
{
    private readonly ManagedGateway _gateway = new(document: """
        models: { fast: echo/a, slow: echo/b }
        keys: [{ name: listed, sha256: "c9728c0bf1af356f4e75c1b78439b6c4a32d876554f77398ee924e4b321ed411" }]
        """);

    [Fact]
    public async Task Create_AKey_IsShownOnceAndAdmits()
    {
        ClientCall created = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate,
            """{"name":"team-a","models":["fa*"],"tags":{"tier":"1"},"expires_at":"2027-01-01"}""");
        string key = (string)created.Json["key"]!;
        string id = (string)created.Json["id"]!;
        ClientCall read = await _gateway.SendAsync(ManagementEndpoints.Key, id: id);

        Assert.Equal((201, $"/manage/keys/{id}"), (created.Status, created.Header("Location")));
        Assert.Matches("^lp-[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(KeyHash.Of(key).Id, id);
        Assert.Equal(
            $$"""
            {"id":"{{id}}","name":"team-a","models":["fa*"],"tags":{"tier":"1"},"created_at":"1970-01-01T00:00:00+00:00","expires_at":"2027-01-01T00:00:00+00:00","disabled":false,"status":"active","source":"store","replaces":null,"replaced_by":null}
            """,
            read.Text);
        Assert.Equal(200, (await _gateway.ChatAsync(key, "fast")).Status);
        Assert.Equal(403, (await _gateway.ChatAsync(key, "slow")).Status);
        AssertKeptNowhere(key);
        Assert.Contains(_gateway.Log.Lines, line => line.Text.EndsWith(
            $" ManageKeyCreate by admin: 201, changed key {id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_AreKeptToldAndTakenAway()
    {
        const string Limits = """
            {"requests_per_minute":60,"tokens_per_minute":null,"concurrent":2,"budgets":[{"usd":0.5,"per":"day"},{"usd":50,"per":"ever"}]}
            """;
        ClientCall created = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate, $$"""{"name":"team-a","limits":{{Limits}}}""");
        string id = (string)created.Json["id"]!;
        ClientCall read = await _gateway.SendAsync(ManagementEndpoints.Key, id: id);
        ClientCall changed =
            await _gateway.SendAsync(ManagementEndpoints.KeyChange, """{"limits":null}""", id: id);

        Assert.Equal(Limits, read.Json["limits"]!.ToJsonString());
        Assert.Equal((200, null), (changed.Status, changed.Json["limits"]));
    }

    [Fact]
    public async Task Create_TwoKeys_AreNeverTheSame()
    {
        string[] keys = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            (string)(await _gateway.CreateKeyAsync("""{"name":"k"}"""))["key"]!))];

        Assert.Equal(20, keys.Distinct().Count());
    }

    [Fact]
    public async Task Create_ByHash_AdmitsTheKeyThatTheClientHas()
    {
        string hash = KeyHash.Of("sk-from-another-gateway").ToString();
        ClientCall created = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate, $$"""{"name":"moved","sha256":"{{hash.ToUpperInvariant()}}"}""");
        ClientCall again = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate, $$"""{"name":"twice","sha256":"{{hash}}"}""");

        Assert.Equal((201, null), (created.Status, created.Json["key"]));
        Assert.Equal(200, (await _gateway.ChatAsync("sk-from-another-gateway")).Status);
        Assert.Equal((409, "conflict"), (again.Status, again.Error("code")));
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"name":"a","models":"gpt"}""", "models")]
    [InlineData("""{"name":"a","models":[1]}""", "models")]
    [InlineData("""{"name":"a","tags":{"a":1}}""", "tags")]
    [InlineData("""{"name":"a","expires_at":"soon"}""", "expires_at")]
    [InlineData("""{"name":"a","limits":7}""", "limits")]
    [InlineData("""{"name":"a","limits":{}}""", "limits")]
    [InlineData("""{"name":"a","limits":{"requests":1}}""", "limits")]
    [InlineData("""{"name":"a","limits":{"requests_per_minute":0}}""", "limits.requests_per_minute")]
    [InlineData("""{"name":"a","limits":{"tokens_per_minute":1.5}}""", "limits.tokens_per_minute")]
    [InlineData("""{"name":"a","limits":{"concurrent":99999999999999999999}}""", "limits.concurrent")]
    [InlineData("""{"name":"a","limits":{"budgets":[{"usd":-1,"per":"day"}]}}""", "limits.budgets.usd")]
    [InlineData("""{"name":"a","limits":{"budgets":[{"usd":1,"per":"week"}]}}""", "limits.budgets")]
    [InlineData("""{"name":"a","limits":{"budgets":[{"usd":1,"per":"day"},{"usd":2,"per":"day"}]}}""", "limits.budgets")]
    [InlineData("""{"name":"a","expires_at":7}""", "expires_at")]
    [InlineData("""{"name":"a","expires_at":"1969-12-31"}""", "expires_at")]
    [InlineData("""{"name":"a","models":["fats"]}""", "models")]
    [InlineData("""{"name":"a","models":["fast","gpt-*"]}""", "models")]
    [InlineData("""{"name":"a","models":["nobody/gpt-4o"]}""", "models")]
    [InlineData("""{"name":"a","disabled":"no"}""", "disabled")]
    [InlineData("""{"name":"a","sha256":"lp-a-real-key"}""", "sha256")]
    [InlineData("""{"name":"a","limit":1}""", "limit")]
    [InlineData("""{"name":"a","name":"b"}""", null)]
    [InlineData("""["a"]""", null)]
    public async Task Create_FieldThatIsNotRight_Is400ThatNamesIt(string body, string? field)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.KeyCreate, body);

        Assert.Equal((400, field), (call.Status, call.Error("param")));
        Assert.DoesNotContain("lp-a-real-key", call.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_gateway.Folder.FullName, "data", "keys.json")));
    }

    [Fact]
    public async Task Change_IsInForceAtOnceHere_AndNullTakesALimitAway()
    {
        JsonObject created = await _gateway.CreateKeyAsync("""{"name":"team-a","models":["fast"]}""");
        (string key, string id) = ((string)created["key"]!, (string)created["id"]!);
        Assert.Equal(403, (await _gateway.ChatAsync(key, "slow")).Status);

        ClientCall changed = await _gateway.SendAsync(
            ManagementEndpoints.KeyChange, """{"models":null,"name":"team-b"}""", id: id);

        Assert.Equal(("team-b", null), ((string)changed.Json["name"]!, changed.Json["models"]));
        Assert.Equal(200, (await _gateway.ChatAsync(key, "slow")).Status);
    }

    [Fact]
    public async Task Create_ModelThatWasMistyped_NamesTheOneThatWasMeant()
    {
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate, """{"name":"a","models":["fastt"]}""");

        Assert.Contains("did you mean 'fast'?", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo/anything")]
    [InlineData("ec*")]
    [InlineData("*")]
    [InlineData("s*w")]
    public async Task Create_ModelThatCouldBeAskedFor_IsTaken(string model)
    {
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.KeyCreate, $$"""{"name":"a","models":["{{model}}"]}""");

        Assert.Equal(201, call.Status);
    }

    [Theory]
    [InlineData("""{"disabled":true}""", "disabled", 0)]
    [InlineData("""{"expires_at":"1970-01-02"}""", "expired", 1)]
    public async Task Change_ToNoLongerGood_IsTheOne401(string body, string status, int daysLater)
    {
        JsonObject created = await _gateway.CreateKeyAsync("""{"name":"team-a"}""");
        await _gateway.ChatAsync((string)created["key"]!);
        string id = (string)created["id"]!;
        await _gateway.SendAsync(ManagementEndpoints.KeyChange, body, id: id);
        _gateway.Clock.Advance(TimeSpan.FromDays(daysLater));
        ClientCall changed = await _gateway.SendAsync(ManagementEndpoints.Key, id: id);

        Assert.Equal(status, (string)changed.Json["status"]!);
        Assert.Equal(
            (await _gateway.ChatAsync("wrong")).Text,
            (await _gateway.ChatAsync((string)created["key"]!)).Text);
    }

    [Fact]
    public async Task Remove_AKey_IsGoneAtOnceHere()
    {
        JsonObject created = await _gateway.CreateKeyAsync("""{"name":"team-a"}""");
        Assert.Equal(200, (await _gateway.ChatAsync((string)created["key"]!)).Status);
        ClientCall removed = await _gateway.SendAsync(ManagementEndpoints.KeyRemove, id: (string)created["id"]!);

        Assert.Equal((204, ""), (removed.Status, removed.Text));
        Assert.Equal(401, (await _gateway.ChatAsync((string)created["key"]!)).Status);
        Assert.Equal(
            404, (await _gateway.SendAsync(ManagementEndpoints.KeyRemove, id: (string)created["id"]!)).Status);
    }

    [Fact]
    public async Task Rotate_BothAreGoodUntilTheGraceIsOver()
    {
        JsonObject old = await _gateway.CreateKeyAsync("""{"name":"team-a","models":["fast"],"tags":{"tier":"1"}}""");
        string id = (string)old["id"]!;
        ClientCall rotated = await _gateway.SendAsync(ManagementEndpoints.KeyRotate, """{"grace":"2h"}""", id: id);
        string next = (string)rotated.Json["key"]!;

        Assert.Equal((201, id), (rotated.Status, (string)rotated.Json["replaces"]!));
        Assert.Equal(
            ("team-a", """["fast"]""", """{"tier":"1"}"""),
            ((string)rotated.Json["name"]!, rotated.Json["models"]!.ToJsonString(), rotated.Json["tags"]!.ToJsonString()));
        Assert.Equal(200, (await _gateway.ChatAsync((string)old["key"]!, "fast")).Status);
        Assert.Equal(200, (await _gateway.ChatAsync(next, "fast")).Status);

        _gateway.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(401, (await _gateway.ChatAsync((string)old["key"]!, "fast")).Status);
        Assert.Equal(200, (await _gateway.ChatAsync(next, "fast")).Status);
        JsonObject was = (await _gateway.SendAsync(ManagementEndpoints.Key, id: id)).Json;
        Assert.Equal(("expired", (string)rotated.Json["id"]!), ((string)was["status"]!, (string)was["replaced_by"]!));
    }

    [Theory]
    [InlineData("""{"grace":"0s"}""", 201)]
    [InlineData("""{"grace":"30d"}""", 201)]
    [InlineData("""{"grace":"31d"}""", 400)]
    [InlineData("""{"grace":"soon"}""", 400)]
    [InlineData("""{"grace":5}""", 400)]
    [InlineData("""{"grce":"5s"}""", 400)]
    public async Task Rotate_Grace_IsFrom0sTo30d(string body, int status)
    {
        JsonObject old = await _gateway.CreateKeyAsync("""{"name":"team-a"}""");

        Assert.Equal(
            status, (await _gateway.SendAsync(ManagementEndpoints.KeyRotate, body, id: (string)old["id"]!)).Status);
    }

    [Fact]
    public async Task List_ListedAndManagedKeys_ComeInPages()
    {
        for (int i = 0; i < 5; i++)
        {
            await _gateway.CreateKeyAsync($$"""{"name":"k{{i}}"}""");
        }

        JsonObject first = (await _gateway.SendAsync(ManagementEndpoints.Keys, query: "?limit=3")).Json;
        JsonObject second = (await _gateway.SendAsync(
            ManagementEndpoints.Keys, query: $"?limit=3&after={first["next"]}")).Json;
        string[] sources = [.. first["keys"]!.AsArray().Select(key => (string)key!["source"]!)];

        Assert.Equal(["configuration", "store", "store", "store"], sources);
        Assert.Equal((2, null), (second["keys"]!.AsArray().Count, second["next"]));
        Assert.DoesNotContain("\"key\":", first.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyOfTheConfiguration_IsReadAndNotChangedHere()
    {
        string id = KeyHash.Of("lightport-sample").Id;

        Assert.Equal(
            "configuration", (string)(await _gateway.SendAsync(ManagementEndpoints.Key, id: id)).Json["source"]!);
        foreach (GatewayEndpoint door in (GatewayEndpoint[])
            [ManagementEndpoints.KeyChange, ManagementEndpoints.KeyRemove, ManagementEndpoints.KeyRotate])
        {
            ClientCall call = await _gateway.SendAsync(door, "{}", id: id);
            Assert.Equal((409, "read_only"), (call.Status, call.Error("code")));
        }
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("nonsense")]
    [InlineData("..")]
    public async Task UnknownId_Is404AtEveryDoor(string id)
    {
        foreach (GatewayEndpoint door in (GatewayEndpoint[])
            [
                ManagementEndpoints.Key, ManagementEndpoints.KeyChange, ManagementEndpoints.KeyRemove,
                ManagementEndpoints.KeyRotate,
            ])
        {
            ClientCall call = await _gateway.SendAsync(door, "{}", id: id);
            Assert.Equal((404, "key_not_found"), (call.Status, call.Error("code")));
        }
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=x")]
    public async Task List_LimitThatIsNone_Is400(string query) =>
        Assert.Equal(400, (await _gateway.SendAsync(ManagementEndpoints.Keys, query: query)).Status);

    public void Dispose() => _gateway.Dispose();

    /// <summary>Neither in a file nor in the log.</summary>
    private void AssertKeptNowhere(string key)
    {
        string[] texts =
        [
            .. Directory.GetFiles(_gateway.Folder.FullName, "*.*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != ".lock")
                .Select(File.ReadAllText),
            .. _gateway.Log.Lines.Select(line => line.Text),
        ];
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
    }
}
